package dev.latchkey.docs;

import dev.latchkey.harness.Answers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operations of {@code openapi.json}, in the order in which it has them. */
final class ApiOperations {
    private ApiOperations() {}

    /**
     * One operation.
     *
     * @param shared what its path has for all of its methods: parameters
     */
    record Operation(String method, String path, Map<String, Object> fields, List<Map<String, Object>> shared) {
        String id() {
            return (String) fields.get("operationId");
        }

        List<Map<String, Object>> parameters() {
            List<Map<String, Object>> all = new ArrayList<>(shared);
            all.addAll(objects(fields.get("parameters")));
            return all;
        }

        /** The path with the examples of its parameters in their places. */
        String examplePath() {
            String example = path;
            for (Map<String, Object> parameter : parameters()) {
                if (parameter.get("example") instanceof String value) {
                    example = example.replace("{" + parameter.get("name") + "}", value);
                }
            }
            return example;
        }

        /** Of a body, the first type and what belongs to it; null = there is no body. */
        Map.@Nullable Entry<String, Map<String, Object>> request() {
            return content(fields.get("requestBody"));
        }

        /** The same for the answer to a request that is done; null = the answer has no body. */
        Map.@Nullable Entry<String, Map<String, Object>> answer() {
            return responses().entrySet().stream()
                    .filter(response -> response.getKey().startsWith("2"))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .map(ApiOperations::content)
                    .orElse(null);
        }

        Map<String, Object> responses() {
            return Answers.asObject(fields.get("responses"));
        }
    }

    static List<Operation> of(Map<String, Object> document) {
        List<Operation> operations = new ArrayList<>();
        Answers.asObject(document.get("paths")).forEach((path, item) -> {
            Map<String, Object> methods = Answers.asObject(item);
            methods.forEach((method, fields) -> {
                if (!method.equals("parameters")) {
                    operations.add(new Operation(
                            method.toUpperCase(Locale.ROOT),
                            path,
                            Answers.asObject(fields),
                            objects(methods.get("parameters"))));
                }
            });
        });
        return operations;
    }

    private static List<Map<String, Object>> objects(@Nullable Object list) {
        return list == null
                ? List.of()
                : ((List<?>) list).stream().map(Answers::asObject).toList();
    }

    private static Map.@Nullable Entry<String, Map<String, Object>> content(@Nullable Object holder) {
        if (!(holder instanceof Map<?, ?> map) || !(map.get("content") instanceof Map<?, ?> types)) {
            return null;
        }
        Map.Entry<?, ?> first = types.entrySet().iterator().next();
        return Map.entry((String) first.getKey(), Answers.asObject(first.getValue()));
    }
}
