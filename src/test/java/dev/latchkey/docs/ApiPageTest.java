package dev.latchkey.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.docs.ApiOperations.Operation;
import dev.latchkey.harness.Answers;
import dev.latchkey.harness.ApiClient;
import dev.latchkey.harness.TestService;
import dev.latchkey.json.JsonBinding;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code openapi.json} has an example for each call, which the service takes and answers so; {@code api.md} is made of it. */
class ApiPageTest {
    /** What makes something comes first, what takes it away last. */
    private static final List<String> ORDER = List.of("POST", "PATCH", "GET", "PUT", "DELETE");

    private static final List<String> MAKING = List.of("addScope", "addIssuer", "addUser", "createKey");

    @RegisterExtension
    private static final TestService service = TestService.fresh(Map.of(ServeFlag.METRICS, "true"));

    private static List<Operation> operations() throws IOException {
        return ApiOperations.of(
                Answers.json(Files.readString(Path.of("src/main/resources/dev/latchkey/openapi.json"))));
    }

    @Test
    void everyCall_hasAnExample() throws IOException {
        assertThat(operations()).allSatisfy(operation -> {
            assertThat(operation.examplePath()).doesNotContain("{");
            for (var content : Stream.of(operation.request(), operation.answer())
                    .filter(each -> each != null)
                    .toList()) {
                assertThat(content.getValue()).as(operation.id()).containsKey("example");
            }
        });
    }

    @Test
    void everyExample_isTaken_andAnsweredWithTheSameFields() throws IOException {
        ApiClient session = ApiClient.owner(service);
        ApiClient token = ApiClient.withScopes(service, "latchkey:owner");
        NewAccessKey key = service.key("fx", "gateway");
        service.keepUp();
        String id = "";
        for (Operation operation : operations().stream()
                .sorted((a, b) -> Integer.compare(rank(a), rank(b)))
                .toList()) {
            String path = operation.examplePath().replaceFirst("ack_\\w+", id);
            HttpResponse<String> answer;
            if (operation.path().startsWith("/connect/") && operation.request() != null) {
                answer = service.post(path, key, form(operation));
            } else if (operation.path().startsWith("/connect/verify")) {
                answer = service.verify(Answers.accessToken(service.token(key, "")), "");
            } else {
                ApiClient caller = operation.path().startsWith("/api/session") ? session : token;
                if (operation.id().equals("signIn")) {
                    caller = ApiClient.anonymous(service).with("Sec-Fetch-Site", "same-origin");
                }
                answer = caller.send(operation.method(), path, body(operation));
            }
            assertThat(answer.statusCode())
                    .as("%s: %s", operation.id(), answer.body())
                    .isBetween(200, 204);
            if (operation.id().equals("createKey")) {
                id = (String) Answers.json(answer).get("id");
            }
            var told = operation.answer();
            if (told != null && told.getValue().get("example") instanceof Map<?, ?> example) {
                assertThat(Answers.json(answer).keySet())
                        .as(operation.id())
                        .containsAll(Answers.asObject(example).keySet().stream()
                                .filter(field -> !operation.id().equals("introspect") || field.equals("active"))
                                .toList());
            }
        }
    }

    private static int rank(Operation operation) {
        int making = MAKING.indexOf(operation.id());
        if (making >= 0) {
            return making - MAKING.size();
        }
        int byMethod = 2 * ORDER.indexOf(operation.method());
        return switch (operation.id()) {
            case "deleteKey" -> byMethod - 1; // its scopes are in use before
            case "signOut" -> byMethod + 1;
            default -> byMethod;
        };
    }

    private static String form(Operation operation) {
        return example(operation).entrySet().stream()
                .map(field -> field.getKey() + "="
                        + URLEncoder.encode(String.valueOf(field.getValue()), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String body(Operation operation) {
        return operation.request() == null ? "" : json(example(operation));
    }

    private static Map<String, Object> example(Operation operation) {
        var request = operation.request();
        return request == null ? Map.of() : Answers.asObject(request.getValue().get("example"));
    }

    @Test
    void page_isWhatTheDocumentSays() throws IOException {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        Object tag = "";
        for (Operation operation : operations()) {
            Object of = ((List<?>) operation.fields().get("tags")).get(0);
            if (!of.equals(tag)) {
                page.append("\n## ").append(of).append('\n');
                tag = of;
            }
            describe(operation, page);
        }
        GeneratedPage.check("api.md", page.toString());
    }

    private static void describe(Operation operation, StringBuilder page) {
        Map<String, Object> fields = operation.fields();
        page.append("\n### `")
                .append(operation.method() + " " + operation.path())
                .append("`\n\n");
        page.append(fields.get("summary")).append('.');
        if (fields.get("description") != null) {
            page.append(' ').append(fields.get("description"));
        }
        if (fields.get("x-least-role") != null) {
            page.append(" Least role: **").append(fields.get("x-least-role")).append("**.");
        }
        page.append('\n');
        for (Map<String, Object> parameter : operation.parameters()) {
            page.append("\n- `").append(parameter.get("name")).append("` (");
            page.append(parameter.get("in")).append(") ").append(parameter.getOrDefault("description", ""));
        }
        page.append(operation.parameters().isEmpty() ? "" : "\n");
        var request = operation.request();
        page.append("\n```http\n")
                .append(operation.method() + " " + operation.examplePath())
                .append('\n');
        if (request != null) {
            page.append("Content-Type: ").append(request.getKey()).append("\n\n");
            page.append(request.getKey().contains("json") ? json(example(operation)) : form(operation));
            page.append('\n');
        }
        page.append("```\n");
        var answer = operation.answer();
        if (answer != null) {
            Object example = answer.getValue().get("example");
            String text = example instanceof String plain ? plain : json(example) + "\n";
            page.append("\n```").append(answer.getKey().contains("json") ? "json" : "text");
            page.append('\n').append(text).append("```\n");
        }
        page.append("\nAnswers: ")
                .append(String.join(", ", operation.responses().keySet()))
                .append(".\n");
    }

    private static String json(Object value) {
        StringWriter text = new StringWriter();
        try (var out = JsonBinding.indented(text)) {
            out.writePOJO(value);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }

    private static final String INTRODUCTION = """
            # API

            What `GET /openapi.json` describes, with an example for each call. Callers of `/api` send a Bearer token with one of
            the scopes `latchkey:developer`, `latchkey:admin`, `latchkey:owner`, or the cookie of a session; OAuth clients send
            their id and secret by Basic. Errors of `/api` are `application/problem+json` (RFC 9457), those of `/connect` as
            RFC 6749 §5.2 says. Values are shortened where there is `…`.
            """;
}
