package dev.latchkey.dev;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /dev/openapi.json} says what the stand-in answers, no more and no less. */
class DevOpenApiTest {
    private static DevService service;
    private static JsonNode document;

    @BeforeAll
    static void start() throws Exception {
        service = DevService.withOrders();
        HttpResponse<String> answer = service.get("/dev/openapi.json");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        document = DevService.json(answer);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void pathsAndMethods_areThoseOfTheRouter() throws Exception {
        Map<String, Set<String>> documented = new TreeMap<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(method -> documented
                                .computeIfAbsent(path.getKey(), key -> new TreeSet<>())
                                .add(method.toUpperCase(Locale.ROOT))));

        assertThat(documented).isEqualTo(routed());
    }

    /** What the router itself says that there is: its paths where it finds none, their methods where one is wrong. */
    private static Map<String, Set<String>> routed() throws IOException, InterruptedException {
        Map<String, Set<String>> routed = new TreeMap<>();
        String detail =
                DevService.json(service.get("/dev/nothing")).path("detail").asText();
        String paths = detail.substring(detail.indexOf("/dev/"), detail.length() - 1);
        for (String path : paths.split(", ", -1)) {
            String allow = service.call("PATCH", path, "")
                    .headers()
                    .firstValue("Allow")
                    .orElseThrow();
            routed.put(path, new TreeSet<>(List.of(allow.split(", ", -1))));
        }
        return routed;
    }

    @Test
    void references_leadSomewhere_andOperationsHaveNamesOfTheirOwn() {
        assertThat(document.path("openapi").asText()).isEqualTo("3.1.0");
        assertThat(document.findValuesAsText("$ref"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isObject())
                        .as(reference)
                        .isTrue());
        assertThat(document.path("paths").findValuesAsText("operationId"))
                .hasSize(routesInAll())
                .doesNotHaveDuplicates();
    }

    private static int routesInAll() {
        int count = 0;
        for (JsonNode path : document.path("paths")) {
            count += path.size();
        }
        return count;
    }

    @Test
    void answers_haveTheFieldsThatAreDocumented() throws Exception {
        service.token("fx");

        assertThat(names(DevService.json(service.get("/dev/clock")))).isEqualTo(properties("Clock"));
        assertThat(names(DevService.json(service.get("/dev/requests"))
                        .path("data")
                        .path(0)))
                .isEqualTo(properties("Request"));
        assertThat(names(DevService.json(service.call("POST", "/dev/faults", "{\"on\":\"jwks\",\"delay\":\"1s\"}"))))
                .isEqualTo(properties("Fault"));
        service.call("DELETE", "/dev/faults", "");
    }

    @ParameterizedTest
    @CsvSource({"/dev/faults,NewFault", "/dev/tokens,TokenOrder"})
    void everyFieldThatIsDocumented_isKnown(String path, String schema) throws Exception {
        for (String name : properties(schema)) {
            HttpResponse<String> answer = service.call("POST", path, "{\"" + name + "\":7,\"unheard_of\":7}");

            List<String> unknown = new ArrayList<>();
            for (JsonNode error : DevService.json(answer).path("errors")) {
                if (error.path("message").asText().contains("not a field")) {
                    unknown.add(error.path("field").asText());
                }
            }
            assertThat(unknown).as(name).containsExactly("unheard_of");
        }
    }

    @Test
    void waysToBreakAToken_areAllDocumented() throws Exception {
        JsonNode answer = DevService.json(service.call("POST", "/dev/tokens", "{\"break\":\"nothing\"}"));

        List<String> documented = new ArrayList<>();
        document.at("/components/schemas/Break/enum").forEach(name -> documented.add(name.asText()));
        assertThat(answer.path("errors").path(0).path("message").asText())
                .contains("one of " + String.join(", ", documented) + ", or an array");
    }

    private static List<String> properties(String schema) {
        return names(document.at("/components/schemas/" + schema + "/properties"));
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        assertThat(names).isNotEmpty();
        return names;
    }
}
