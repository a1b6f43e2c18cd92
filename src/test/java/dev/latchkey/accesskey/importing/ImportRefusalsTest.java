package dev.latchkey.accesskey.importing;

import static dev.latchkey.accesskey.importing.ImportedStore.FULL;
import static dev.latchkey.accesskey.importing.ImportedStore.OWNER;
import static dev.latchkey.accesskey.importing.ImportedStore.RULES;
import static dev.latchkey.accesskey.importing.ImportedStore.SECRET;
import static dev.latchkey.accesskey.importing.ImportedStore.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.permission.Actor;
import dev.latchkey.permission.Role;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a file may not say: each mistake is told by its place, and nothing is written. */
class ImportRefusalsTest {
    @AutoClose
    private final ImportedStore into = new ImportedStore();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'id':'k-3','name':'','scopes':['fx']}                           | keys[3].name",
                "{'id':'k-3','scopes':['fx']}                                     | keys[3].name",
                "{'id':'k-3','name':7,'scopes':['fx']}                            | keys[3].name",
                "{'name':'n','scopes':['fx'],'id':'a b'}                          | keys[3].id",
                "{'name':'n','scopes':['fx'],'id':'ab'}                           | keys[3].id",
                "{'name':'n','scopes':['fx'],'secret':'31 characters are no secret, no'} | keys[3].secret",
                "{'name':'n','scopes':['fx'],'secret':7}                          | keys[3].secret",
                "{'name':'n','scopes':['nowhere']}                                | keys[3].scopes",
                "{'name':'n','scopes':['latchkey:root']}                          | keys[3].scopes",
                "{'name':'n','scopes':['fx'],'lifetime':3}                        | keys[3].lifetime",
                "{'id':'k-1','name':'n','scopes':['fx']}                          | keys[3].id",
                "{'name':'k-1','scopes':['fx']}                                   | keys[3].name",
                "{'name':'Twice','scopes':['fx']}                                 | keys[3].name",
                "7                                                                | keys[3]",
                "null                                                             | keys[3]"
            })
    void plan_badRow_isNamed_andNothingIsDone(String row, String field) {
        into.run("{'scopes':[{'name':'fx'}],'keys':[{'id':'one','name':'Twice','scopes':['fx']},"
                + "{'id':'two','name':'Twice','scopes':['fx']}]}");
        String file = "{'scopes':[{'name':'new'}],'keys':["
                + IntStream.range(0, 3)
                        .mapToObj(i -> "{'id':'k-" + i + "','name':'k-" + i + "','scopes':['new']},")
                        .collect(Collectors.joining())
                + row + "]}";

        assertThat(into.wrong(file)).containsExactly(field);

        assertThat(into.store().accessKeys().all()).hasSize(2);
        assertThat(into.store().scopes().all()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'scopes':[{'name':'fx'},{'name':'a b'}]}          | scopes[1].name",
                "{'scopes':[{'name':'latchkey:admin'}]}             | scopes[0].name",
                "{'scopes':[{'description':'x'}]}                   | scopes[0].name",
                "{'scopes':[{'name':'fx','description':7}]}         | scopes[0].description",
                "{'scopes':[{'name':'fx','note':'x'}]}              | scopes[0].note",
                "{'scopes':[{'name':'fx'},{'name':'fx'}]}           | scopes[1].name",
                "{'scopes':['fx']}                                  | scopes[0]",
                "{'scopes':{}}                                      | scopes",
                "{'keys':{}}                                        | keys",
                "{'keys':null}                                      | keys",
                "{'key':[]}                                         | key"
            })
    void plan_badDocument_isNamed(String file, String field) {
        assertThat(into.wrong(file)).containsExactly(field);
    }

    @Test
    void plan_aNameThatWouldBeThatOfTwoKeys_isRefused() {
        into.run("{'scopes':[{'name':'fx'}],'keys':[{'id':'one','name':'One','scopes':['fx']}]}");

        assertThat(into.wrong("{'keys':[{'name':'Same','scopes':['fx']},{'id':'two','name':'Same','scopes':['fx']}]}"))
                .containsExactly("keys[1].name");
        assertThat(into.wrong("{'keys':[{'name':'Same','scopes':['fx']},{'id':'one','name':'Same'}]}"))
                .containsExactly("keys[1].name");
        assertThat(into.wrong("{'keys':[{'id':'one','name':'Other'},{'name':'One','scopes':['fx']}]}"))
                .containsExactly("keys[1].name");
        assertThat(into.run("{'keys':[{'id':'two','name':'One','scopes':['fx']}]}")
                        .changes())
                .hasSize(1);
    }

    @Test
    void plan_manyMistakes_areTold_upToABound() {
        String rows = "{'scopes':['fx']},".repeat(5000);

        assertThat(into.wrong("{'keys':[" + rows + "7]}")).hasSize(21).endsWith("keys");
    }

    @Test
    void plan_secretRequired_namesTheRowWithoutOne() {
        AccessKeyImport.Rules strict = new AccessKeyImport.Rules(false, true);

        assertThatThrownBy(() -> into.compare(json(FULL), strict))
                .hasMessageStartingWith("keys[1].secret is required here")
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void plan_anySecret_mayBeShort_butNotEmptyOrUnprintable() {
        AccessKeyImport.Rules any = new AccessKeyImport.Rules(true, true);
        String file = "{'scopes':[{'name':'fx'}],'keys':[{'name':'n','scopes':['fx'],'secret':'?'}]}";

        assertThat(into.compare(json(file), any).changes()).hasSize(1);
        for (String secret : List.of("", "a\\nb", "x".repeat(513))) {
            assertThatThrownBy(() -> into.compare(json(file.replace("?", secret)), any))
                    .hasMessageStartingWith("keys[0].secret must be 1 to 512");
        }
    }

    @Test
    void plan_secret_needs32Characters() {
        String file = "{'scopes':[{'name':'fx'}],'keys':[{'name':'n','scopes':['fx'],'secret':'?'}]}";

        assertThat(Imported.compare(into.imports(), OWNER, json(file.replace("?", "x".repeat(32))), RULES)
                        .changes())
                .hasSize(1);
        assertThat(into.wrong(file.replace("?", "x".repeat(31)))).containsExactly("keys[0].secret");
    }

    @ParameterizedTest
    @CsvSource({"DEVELOPER", "ADMIN"})
    void planAndApply_areForOwners(Role role) {
        Actor actor = new Actor(Actor.Kind.USER, "ann", role, "192.0.2.1");

        for (Runnable call : List.<Runnable>of(
                () -> Imported.compare(into.imports(), actor, json(FULL), RULES),
                () -> Imported.run(into.imports(), actor, json(FULL), RULES))) {
            assertThat(catchThrowableOfType(ServiceException.class, call::run).kind())
                    .isEqualTo(ErrorKind.FORBIDDEN);
        }
    }
}
