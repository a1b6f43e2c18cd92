package dev.latchkey.accesskey.importing;

import static dev.latchkey.accesskey.importing.ImportedStore.FULL;
import static dev.latchkey.accesskey.importing.ImportedStore.OTHER_SECRET;
import static dev.latchkey.accesskey.importing.ImportedStore.OWNER;
import static dev.latchkey.accesskey.importing.ImportedStore.RULES;
import static dev.latchkey.accesskey.importing.ImportedStore.SECRET;
import static dev.latchkey.accesskey.importing.ImportedStore.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyJson;
import dev.latchkey.accesskey.AccessKeySecret;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.error.ServiceException;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.scope.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What an import writes, and what it leaves as it is. */
class AccessKeyImportTest {
    @AutoClose
    private final ImportedStore into = new ImportedStore();

    @Test
    void run_emptyStore_addsScopesAndKeys() {
        AccessKeyImportPlan done = into.run(FULL);

        assertThat(done.newScopes()).extracting(Scope::name).containsExactly("fx", "vault");
        assertThat(into.store().scopes().all()).extracting(Scope::description).containsExactly("Rates", "");
        AccessKey orders = into.keys().get(OWNER, "orders");
        assertThat(orders.settings().scopes()).hasToString("fx latchkey:admin");
        assertThat(into.secretsOf("orders")).containsExactly(SECRET);
        assertThat(orders.secrets().get(0).hint()).isEqualTo("ters");
        AccessKey byName = into.named("By name");
        assertThat(byName.id()).startsWith("ack_");
        assertThat(byName.settings().enabled()).isFalse();
        assertThat(byName.settings().tokenLifetime()).isEqualTo(Duration.ofMinutes(5));
        assertThat(into.audited())
                .containsExactly("scope.add fx", "scope.add vault", "key.create orders", "key.create " + byName.id());
    }

    /** A million of them in no order would each touch other pages of the store. */
    @Test
    void run_newKeysWithoutId_haveIdsInTheOrderOfTheFile_overAllThereAre() {
        List<Map<String, Object>> rows = IntStream.range(0, 500)
                .mapToObj(number -> Map.<String, Object>of("name", "n" + number, "scopes", List.of("fx")))
                .toList();
        String file = JsonBinding.text(Map.of("scopes", List.of(Map.of("name", "fx")), "keys", rows));
        AccessKeyImportPlan done = into.run(file);

        List<String> ids = done.changes().stream().map(made -> made.key().id()).toList();
        assertThat(ids).hasSize(500).isSorted().doesNotHaveDuplicates();
        assertThat(ids.stream().map(id -> id.substring(0, 5)).distinct()).hasSizeGreaterThan(25);
        assertThat(into.run(file).changes()).isEmpty();
    }

    @Test
    void run_generatedSecret_isToldOnce_andWorks() {
        AccessKeySecret generated = change(into.run(FULL), "By name").generated();

        assertThat(generated).isNotNull();
        assertThat(AccessKeySecret.isWellFormed(generated.reveal())).isTrue();
        assertThat(into.named("By name").secrets().get(0).hash().matches(generated.hash()))
                .isTrue();
        assertThat(change(into.compare(json(FULL.replace("300", "301")), RULES), "By name")
                        .generated())
                .isNull();
    }

    @Test
    void plan_asSecondTime_isEmpty_andApplyingItWritesNothing() {
        into.run(FULL);
        List<String> audited = into.audited();
        into.clock().advance(Duration.ofDays(1));

        AccessKeyImportPlan again = into.run(FULL);

        assertThat(again.isEmpty()).isTrue();
        assertThat(again.events()).isEmpty();
        assertThat(into.audited()).isEqualTo(audited);
        assertThat(into.keys().get(OWNER, "orders").revision()).isEqualTo(1);
    }

    @Test
    void run_whatTheFileDoesNotSay_stays_andWhatItSays_replaces() {
        into.run(FULL);

        into.run("{'keys':[{'id':'orders','name':'Renamed','scopes':['vault'],'claims':{'a':{'y':2}}}]}");

        AccessKeySettings orders = into.keys().get(OWNER, "orders").settings();
        assertThat(orders.name()).isEqualTo("Renamed");
        assertThat(orders.claims().json()).isEqualTo("{\"a\":{\"y\":2}}");
        assertThat(orders.expiresAt()).isEqualTo("2030-01-01T00:00:00Z");
        assertThat(into.secretsOf("orders")).containsExactly(SECRET);
        assertThat(into.audited()).endsWith("key.edit orders");
    }

    @Test
    void run_anotherSecret_replacesAllThatTheKeyHas() {
        into.run(FULL);
        into.keys().rotate(OWNER, "orders", Duration.ofHours(1));

        into.run(FULL.replace(SECRET, OTHER_SECRET));

        assertThat(into.secretsOf("orders")).containsExactly(OTHER_SECRET);
        assertThat(into.audited()).endsWith("key.rotate orders").doesNotContain("key.edit orders");
    }

    @Test
    void run_aSecretThatStillWorks_isLeftWithWhatTheKeyHasBeside() {
        into.run(FULL);
        into.keys().rotate(OWNER, "orders", Duration.ofHours(1));

        assertThat(into.run(FULL).isEmpty()).isTrue();
        into.clock().advance(Duration.ofMinutes(59).plusSeconds(59));
        assertThat(into.run(FULL).isEmpty()).isTrue();
        into.clock().advance(Duration.ofSeconds(1));
        assertThat(into.run(FULL).isEmpty()).isFalse();

        assertThat(into.secretsOf("orders")).containsExactly(SECRET);
    }

    @Test
    void run_anExport_changesNothing() {
        into.run(FULL);
        String exported = JsonBinding.text(Map.of(
                "keys",
                into.store().accessKeys().all().stream().map(AccessKeyJson::of).toList()));

        assertThat(into.run(exported).isEmpty()).isTrue();
    }

    @Test
    void run_moreRowsThanAreReadAtOnce_areOneImport_andABadLastRowUndoesThem() {
        String rows = IntStream.range(0, 250)
                .mapToObj(i -> "{'name':'key " + i + "','scopes':['s" + i + "']}")
                .collect(Collectors.joining(","));
        String scopes =
                IntStream.range(0, 250).mapToObj(i -> "{'name':'s" + i + "'}").collect(Collectors.joining(","));

        assertThat(into.wrong("{'keys':[" + rows + ",{'name':'key 3','scopes':['s3']}],'scopes':[" + scopes + "]}"))
                .containsExactly("keys[250].name");
        assertThat(catchThrowableOfType(
                                ServiceException.class,
                                () -> into.run("{'keys':[" + rows + ",7],'scopes':[" + scopes + "]}"))
                        .errors())
                .extracting(error -> error.field())
                .containsExactly("keys[250]");
        assertThat(into.store().accessKeys().all()).isEmpty();
        assertThat(into.store().scopes().all()).isEmpty();

        // The scopes may stand behind the keys that have them.
        AccessKeyImportPlan done = into.run("{'keys':[" + rows + "],'scopes':[" + scopes + "]}");

        assertThat(done.changes()).hasSize(250);
        assertThat(into.store().accessKeys().all()).hasSize(250);
        assertThat(into.run("{'keys':[" + rows + "],'scopes':[" + scopes + "]}").isEmpty())
                .isTrue();
        assertThat(into.run("{'keys':[{'name':'key 7','description':'x'}]}").changes())
                .hasSize(1);
    }

    private static AccessKeyImportPlan.Change change(AccessKeyImportPlan plan, String name) {
        return plan.changes().stream()
                .filter(change -> change.key().settings().name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
