package dev.latchkey.accesskey.importing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.error.FieldError;
import dev.latchkey.harness.RandomText;
import dev.latchkey.json.JsonBinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportVariablesTest {
    private static final ImportVariables VARIABLES =
            ImportVariables.of(Map.of("NAME", "value", "_a1", "1", "EMPTY", "", "NESTED", "${NAME} $1 \\1 $${NAME}"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plain                | plain",
                "${NAME}              | value",
                "a ${NAME}${_a1} b    | a value1 b",
                "$${NAME}             | ${NAME}",
                "$${                  | ${",
                "$$${NAME}            | $${NAME}",
                "$$$${NAME}           | $$${NAME}",
                "$$${${NAME}}         | $${value}",
                "$NAME $$ $ {NAME} $} | $NAME $$ $ {NAME} $}",
                "cost: 5$             | cost: 5$"
            })
    void expand_variable_isItsValue_andTwoDollarsAreOne(String text, String value) {
        assertThat(expanded(text)).isEqualTo(value);
    }

    @Test
    void expand_whatAVariableHolds_isTakenAsItIs() {
        assertThat(expanded("<${NESTED}>")).isEqualTo("<${NAME} $1 \\1 $${NAME}>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${MISSING}  | names ${MISSING}, which is not set in the environment",
                "${EMPTY}    | names ${EMPTY}, which is not set in the environment",
                "${}         | has a ${ that no variable's name and } follow; write $${ where ${ itself is meant",
                "${NAME      | has a ${ that no variable's name and } follow; write $${ where ${ itself is meant",
                "${1A}       | has a ${ that no variable's name and } follow; write $${ where ${ itself is meant",
                "${NAME:-x}  | has a ${ that no variable's name and } follow; write $${ where ${ itself is meant"
            })
    void expand_unsetOrUnreadable_namesTheField(String text, String problem) {
        List<FieldError> errors = new ArrayList<>();

        VARIABLES.expand(JsonBinding.object().put("name", "fine").put("secret", text), errors);

        assertThat(errors).containsExactly(new FieldError("secret", problem));
    }

    @Test
    void expand_reachesNestedStrings_andNoNames() {
        ObjectNode row = JsonBinding.stored("{\"claims\":{\"${NAME}\":[{\"a\":\"${NAME}\"},7,null,\"x\"]}}");
        List<FieldError> errors = new ArrayList<>();

        VARIABLES.expand(row, errors);

        assertThat(errors).isEmpty();
        assertThat(row).hasToString("{\"claims\":{\"${NAME}\":[{\"a\":\"value\"},7,null,\"x\"]}}");
    }

    @Test
    void escape_thenExpand_isTheSame() {
        RandomText.of("$${}NAME_ \u00fc", 12, 5000).forEach(text -> {
            ObjectNode row = JsonBinding.object().put("name", text);
            ImportVariables.escape(row);
            assertThat(expanded(row.path("name").textValue())).isEqualTo(text);
        });
    }

    @Test
    void toString_holdsNoValue() {
        assertThat(VARIABLES.toString()).doesNotContain("value", "NAME");
    }

    private static String expanded(String text) {
        ObjectNode row = JsonBinding.object().put("name", text);
        List<FieldError> errors = new ArrayList<>();
        VARIABLES.expand(row, errors);
        assertThat(errors).isEmpty();
        return row.path("name").textValue();
    }
}
