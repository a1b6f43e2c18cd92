package dev.latchkey.harness;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.json.JsonBinding;
import java.util.Map;

/** JSON trees of plain values. */
public final class Trees {
    private Trees() {}

    public static ObjectNode object(Map<String, ?> fields) {
        return (ObjectNode) JsonBinding.tree(fields);
    }
}
