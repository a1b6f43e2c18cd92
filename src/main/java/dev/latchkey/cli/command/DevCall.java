package dev.latchkey.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.cli.Invocation;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.http.ServiceUrl;
import dev.latchkey.cli.http.WebCall;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.json.JsonSyntaxException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A call to an endpoint of a running stand-in ({@code serve --dev}), and the fields that its options stand for. */
final class DevCall {
    private static final int UNPROCESSABLE = 422;

    private final Invocation run;
    private final ObjectNode fields = JsonBinding.object();

    DevCall(Invocation run) {
        this.run = run;
    }

    /** What every one of these commands takes. */
    static Syntax declare(Syntax syntax) {
        return ServiceUrl.declare(syntax).noStore().json();
    }

    /** Sends these options as texts, under the names that they have in JSON. */
    DevCall texts(String... options) {
        for (String option : options) {
            run.value(option).ifPresent(text -> fields.put(field(option), text));
        }
        return this;
    }

    /** Sends these options as JSON, or as a text where the value is none. */
    DevCall values(String... options) {
        for (String option : options) {
            run.value(option).ifPresent(text -> fields.set(field(option), json(text)));
        }
        return this;
    }

    /** Sends an option that may stand there more than once: as a text, or as an array of all. */
    DevCall several(String option) {
        List<String> given = run.values(option).stream()
                .flatMap(text -> Arrays.stream(text.split(",", -1)))
                .toList();
        if (!given.isEmpty()) {
            with(field(option), JsonBinding.tree(given.size() == 1 ? given.get(0) : given));
        }
        return this;
    }

    /** Sends this field, too. */
    DevCall with(String name, JsonNode value) {
        fields.set(name, value);
        return this;
    }

    boolean isEmpty() {
        return fields.isEmpty();
    }

    /** Calls with the fields as the body. */
    ObjectNode send(String method, String path) {
        return call(method, path, JsonBinding.text(fields));
    }

    /** Calls without a body. */
    ObjectNode ask(String method, String path) {
        return call(method, path, null);
    }

    /** Forgets what is there, and says so. */
    int clear(String path, String done) {
        ObjectNode answer = ask("DELETE", path);
        return run.print(() -> answer, done);
    }

    private ObjectNode call(String method, String path, @Nullable String body) {
        URI uri = ServiceUrl.at(path, run);
        WebCall.Answer answer = WebCall.json(method, uri, body, ServiceUrl.trust(run));
        int status = answer.status();
        if (status == HttpURLConnection.HTTP_NO_CONTENT) {
            return JsonBinding.object();
        }
        ObjectNode json = Token.fields(answer);
        if (status < HttpURLConnection.HTTP_BAD_REQUEST) {
            return json;
        }
        if (status == HttpURLConnection.HTTP_NOT_FOUND) {
            throw ServiceException.of(
                    ErrorKind.NOT_FOUND,
                    uri.getHost() + ":" + uri.getPort() + " is no stand-in; start it with: latchkey serve --dev");
        }
        boolean usage = status == UNPROCESSABLE || status == HttpURLConnection.HTTP_BAD_REQUEST;
        throw ServiceException.of(usage ? ErrorKind.INVALID : ErrorKind.CONFLICT, problem(json, status));
    }

    /** What an answer in the form of RFC 9457 says, with the fields at fault. */
    private static String problem(ObjectNode json, int status) {
        String errors = StreamSupport.stream(json.path("errors").spliterator(), false)
                .map(error -> "--" + error.path("field").asText().replace('_', '-') + " "
                        + error.path("message").asText())
                .collect(Collectors.joining("; "));
        String detail = json.path("detail").asText("the service answered " + status);
        return errors.isEmpty() ? detail : errors;
    }

    /** The name that an option has in JSON and in queries. */
    static String field(String option) {
        return option.substring(2).replace('-', '_');
    }

    private static JsonNode json(String text) {
        try {
            return JsonBinding.readObject("{\"value\":" + text + "}").path("value");
        } catch (JsonSyntaxException e) {
            return JsonBinding.tree(text);
        }
    }
}
