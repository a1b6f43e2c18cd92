package dev.latchkey.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditChangesTest {
    private static String json(String text) {
        return text.replace('\'', '"');
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'a':1}|{'a':2}|a 1 → 2",
                "{'a':null}|{'a':2}|a none → 2",
                "{'a':'x'}|{'a':''}|a x → none",
                "{'a':true}|{}|a true → none",
                "{'a':['x','y']}|{'a':['y','z']}|a +z -x",
                "{'a':['x','y']}|{'a':['y','x']}|a x y → y x",
                "{'a':[]}|{'a':['x','y']}|a none → x y",
                "{'a':{}}|{'a':{'b':1}}|a none → {\"b\":1}",
                "{'s':[{'hint':'abcd','expires_at':null}]}|{'s':[{'hint':'abcd','expires_at':'T'},{'hint':'wxyz'}]}"
                        + "|s …abcd → …abcd (until T) …wxyz",
                "{'s':[{'hint':'abcd'}]}|{'s':[{'hint':null}]}|s …abcd → …(no hint)",
                "{'claims':{'hint':'x'}}|{'claims':{'hint':'y'}}|claims {\"hint\":\"x\"} → {\"hint\":\"y\"}"
            })
    void change_isTheFieldBeforeAndAfter(String before, String after, String expected) {
        assertThat(AuditChanges.between(json(before), json(after))).containsExactly(expected);
    }

    @Test
    void sameFields_areNoDifference() {
        assertThat(AuditChanges.between(json("{'a':1,'b':[]}"), json("{'b':[],'a':1}")))
                .isEmpty();
        assertThat(AuditChanges.between(null, null)).isEmpty();
    }

    @Test
    void newOrGone_isWhatItHas() {
        String fields = json("{'name':'ci','description':'','jwks':null,'scopes':['a']}");
        assertThat(AuditChanges.between(null, fields)).containsExactly("name ci", "scopes a");
        assertThat(AuditChanges.between(fields, null)).containsExactly("name ci", "scopes a");
    }

    @Test
    void longValue_isShortened() {
        List<String> texts = AuditChanges.between(null, json("{'a':'" + "x".repeat(5000) + "'}"));
        assertThat(texts)
                .singleElement()
                .satisfies(text -> assertThat(text).hasSizeLessThan(200).endsWith("…"));
    }

    @Test
    void longValues_thatBeginAlike_areToldFromWhereTheyDiffer() {
        String alike = "x".repeat(399) + "\ud83d\udd11";
        assertThat(AuditChanges.between(json("{'a':'" + alike + "old'}"), json("{'a':'" + alike + "new'}")))
                .singleElement()
                .satisfies(text -> assertThat(text)
                        .hasSizeLessThan(100)
                        .contains("old → …x")
                        .endsWith("new"));
    }
}
