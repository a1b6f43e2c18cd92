package dev.latchkey.accesskey.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyJson;
import dev.latchkey.accesskey.AccessKeySecret;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.AccessKeys;
import dev.latchkey.accesskey.SecretHash;
import dev.latchkey.accesskey.TokenSizeRule;
import dev.latchkey.audit.AuditPage;
import dev.latchkey.audit.AuditQuery;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.harness.Answers;
import dev.latchkey.harness.MutableClock;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.permission.Actor;
import dev.latchkey.permission.Role;
import dev.latchkey.scope.Scope;
import dev.latchkey.sql.SqlStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessKeyImportTest {
    private static final Actor OWNER = Actor.operator("test");
    private static final AccessKeyImport.Rules RULES = new AccessKeyImport.Rules(false, false);
    private static final String SECRET = "a secret of at least 32 characters";
    private static final String OTHER_SECRET = "another secret with 32 characters";
    private static final String FULL = "{'scopes':[{'name':'fx','description':'Rates'},{'name':'vault'}],'keys':["
            + "{'id':'orders','secret':'" + SECRET + "','name':'Orders','scopes':['fx','latchkey:admin'],"
            + "'claims':{'b':1,'a':{'x':[1.50,null]}},'expires_at':'2030-01-01T00:00:00Z','jwks':{'keys':[{'kty':'EC','crv':'P-256',"
            + "'x':'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4','y':'4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM'}]}},"
            + "{'name':'By name','scopes':['vault'],'enabled':false,'token_lifetime':300}]}";

    private final SqlStore store = SqlStore.open(":memory:", SqlStore.Mode.CREATE);
    private final MutableClock clock = new MutableClock(Instant.parse("2026-07-04T12:00:00Z"));
    private final TokenSizeRule anySize = new TokenSizeRule((id, settings) -> 0);
    private final AccessKeys keys = new AccessKeys(store.accessKeys(), store.scopes(), clock, anySize);
    private final AccessKeyImport imports = new AccessKeyImport(store.imports(), clock, anySize);

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void run_emptyStore_addsScopesAndKeys() {
        AccessKeyImportPlan done = run(FULL);

        assertThat(done.newScopes()).extracting(Scope::name).containsExactly("fx", "vault");
        assertThat(store.scopes().all()).extracting(Scope::description).containsExactly("Rates", "");
        AccessKey orders = keys.get(OWNER, "orders");
        assertThat(orders.settings().scopes()).hasToString("fx latchkey:admin");
        assertThat(secretsOf("orders")).containsExactly(SECRET);
        assertThat(orders.secrets().get(0).hint()).isEqualTo("ters");
        AccessKey byName = named("By name");
        assertThat(byName.id()).startsWith("ack_");
        assertThat(byName.settings().enabled()).isFalse();
        assertThat(byName.settings().tokenLifetime()).isEqualTo(Duration.ofMinutes(5));
        assertThat(audited())
                .containsExactly("scope.add fx", "scope.add vault", "key.create orders", "key.create " + byName.id());
    }

    @Test
    void run_generatedSecret_isToldOnce_andWorks() {
        AccessKeySecret generated = change(run(FULL), "By name").generated();

        assertThat(generated).isNotNull();
        assertThat(AccessKeySecret.isWellFormed(generated.reveal())).isTrue();
        assertThat(named("By name").secrets().get(0).hash().matches(generated.hash()))
                .isTrue();
        assertThat(change(Imported.compare(imports, OWNER, json(FULL.replace("300", "301")), RULES), "By name")
                        .generated())
                .isNull();
    }

    @Test
    void plan_asSecondTime_isEmpty_andApplyingItWritesNothing() {
        run(FULL);
        List<String> audited = audited();
        clock.advance(Duration.ofDays(1));

        AccessKeyImportPlan again = run(FULL);

        assertThat(again.isEmpty()).isTrue();
        assertThat(again.events()).isEmpty();
        assertThat(audited()).isEqualTo(audited);
        assertThat(keys.get(OWNER, "orders").revision()).isEqualTo(1);
    }

    @Test
    void run_whatTheFileDoesNotSay_stays_andWhatItSays_replaces() {
        run(FULL);

        run("{'keys':[{'id':'orders','name':'Renamed','scopes':['vault'],'claims':{'a':{'y':2}}}]}");

        AccessKeySettings orders = keys.get(OWNER, "orders").settings();
        assertThat(orders.name()).isEqualTo("Renamed");
        assertThat(orders.claims().json()).isEqualTo("{\"a\":{\"y\":2}}");
        assertThat(orders.expiresAt()).isEqualTo("2030-01-01T00:00:00Z");
        assertThat(secretsOf("orders")).containsExactly(SECRET);
        assertThat(audited()).endsWith("key.edit orders");
    }

    @Test
    void run_anotherSecret_replacesAllThatTheKeyHas() {
        run(FULL);
        keys.rotate(OWNER, "orders", Duration.ofHours(1));

        run(FULL.replace(SECRET, OTHER_SECRET));

        assertThat(secretsOf("orders")).containsExactly(OTHER_SECRET);
        assertThat(audited()).endsWith("key.rotate orders").doesNotContain("key.edit orders");
    }

    @Test
    void run_aSecretThatStillWorks_isLeftWithWhatTheKeyHasBeside() {
        run(FULL);
        keys.rotate(OWNER, "orders", Duration.ofHours(1));

        assertThat(run(FULL).isEmpty()).isTrue();
        clock.advance(Duration.ofMinutes(59).plusSeconds(59));
        assertThat(run(FULL).isEmpty()).isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertThat(run(FULL).isEmpty()).isFalse();

        assertThat(secretsOf("orders")).containsExactly(SECRET);
    }

    @Test
    void run_anExport_changesNothing() {
        run(FULL);
        String exported = JsonBinding.text(Map.of(
                "keys", store.accessKeys().all().stream().map(AccessKeyJson::of).toList()));

        assertThat(run(exported).isEmpty()).isTrue();
    }

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
        run("{'scopes':[{'name':'fx'}],'keys':[{'id':'one','name':'Twice','scopes':['fx']},"
                + "{'id':'two','name':'Twice','scopes':['fx']}]}");
        String file = "{'scopes':[{'name':'new'}],'keys':["
                + IntStream.range(0, 3)
                        .mapToObj(i -> "{'id':'k-" + i + "','name':'k-" + i + "','scopes':['new']},")
                        .collect(Collectors.joining())
                + row + "]}";

        assertThat(wrong(file)).containsExactly(field);

        assertThat(store.accessKeys().all()).hasSize(2);
        assertThat(store.scopes().all()).hasSize(1);
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
        assertThat(wrong(file)).containsExactly(field);
    }

    @Test
    void plan_aNameThatWouldBeThatOfTwoKeys_isRefused() {
        run("{'scopes':[{'name':'fx'}],'keys':[{'id':'one','name':'One','scopes':['fx']}]}");

        assertThat(wrong("{'keys':[{'name':'Same','scopes':['fx']},{'id':'two','name':'Same','scopes':['fx']}]}"))
                .containsExactly("keys[1].name");
        assertThat(wrong("{'keys':[{'name':'Same','scopes':['fx']},{'id':'one','name':'Same'}]}"))
                .containsExactly("keys[1].name");
        assertThat(wrong("{'keys':[{'id':'one','name':'Other'},{'name':'One','scopes':['fx']}]}"))
                .containsExactly("keys[1].name");
        assertThat(run("{'keys':[{'id':'two','name':'One','scopes':['fx']}]}").changes())
                .hasSize(1);
    }

    @Test
    void plan_manyMistakes_areTold_upToABound() {
        String rows = "{'scopes':['fx']},".repeat(5000);

        assertThat(wrong("{'keys':[" + rows + "7]}")).hasSize(21).endsWith("keys");
    }

    @Test
    void plan_secretRequired_namesTheRowWithoutOne() {
        AccessKeyImport.Rules strict = new AccessKeyImport.Rules(false, true);

        assertThatThrownBy(() -> Imported.compare(imports, OWNER, json(FULL), strict))
                .hasMessageStartingWith("keys[1].secret is required here")
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void plan_anySecret_mayBeShort_butNotEmptyOrUnprintable() {
        AccessKeyImport.Rules any = new AccessKeyImport.Rules(true, true);
        String file = "{'scopes':[{'name':'fx'}],'keys':[{'name':'n','scopes':['fx'],'secret':'?'}]}";

        assertThat(Imported.compare(imports, OWNER, json(file), any).changes()).hasSize(1);
        for (String secret : List.of("", "a\\nb", "x".repeat(513))) {
            assertThatThrownBy(() -> Imported.compare(imports, OWNER, json(file.replace("?", secret)), any))
                    .hasMessageStartingWith("keys[0].secret must be 1 to 512");
        }
    }

    @Test
    void plan_secret_needs32Characters() {
        String file = "{'scopes':[{'name':'fx'}],'keys':[{'name':'n','scopes':['fx'],'secret':'?'}]}";

        assertThat(Imported.compare(imports, OWNER, json(file.replace("?", "x".repeat(32))), RULES)
                        .changes())
                .hasSize(1);
        assertThat(wrong(file.replace("?", "x".repeat(31)))).containsExactly("keys[0].secret");
    }

    @ParameterizedTest
    @CsvSource({"DEVELOPER", "ADMIN"})
    void planAndApply_areForOwners(Role role) {
        Actor actor = new Actor(Actor.Kind.USER, "ann", role, "192.0.2.1");

        for (Runnable call : List.<Runnable>of(
                () -> Imported.compare(imports, actor, json(FULL), RULES),
                () -> Imported.run(imports, actor, json(FULL), RULES))) {
            assertThat(catchThrowableOfType(ServiceException.class, call::run).kind())
                    .isEqualTo(ErrorKind.FORBIDDEN);
        }
    }

    @Test
    void run_moreRowsThanAreReadAtOnce_areOneImport_andABadLastRowUndoesThem() {
        String rows = IntStream.range(0, 250)
                .mapToObj(i -> "{'name':'key " + i + "','scopes':['s" + i + "']}")
                .collect(Collectors.joining(","));
        String scopes =
                IntStream.range(0, 250).mapToObj(i -> "{'name':'s" + i + "'}").collect(Collectors.joining(","));

        assertThat(wrong("{'keys':[" + rows + ",{'name':'key 3','scopes':['s3']}],'scopes':[" + scopes + "]}"))
                .containsExactly("keys[250].name");
        assertThat(catchThrowableOfType(
                                ServiceException.class,
                                () -> run("{'keys':[" + rows + ",7],'scopes':[" + scopes + "]}"))
                        .errors())
                .extracting(error -> error.field())
                .containsExactly("keys[250]");
        assertThat(store.accessKeys().all()).isEmpty();
        assertThat(store.scopes().all()).isEmpty();

        // The scopes may stand behind the keys that have them.
        AccessKeyImportPlan done = run("{'keys':[" + rows + "],'scopes':[" + scopes + "]}");

        assertThat(done.changes()).hasSize(250);
        assertThat(store.accessKeys().all()).hasSize(250);
        assertThat(run("{'keys':[" + rows + "],'scopes':[" + scopes + "]}").isEmpty())
                .isTrue();
        assertThat(run("{'keys':[{'name':'key 7','description':'x'}]}").changes())
                .hasSize(1);
    }

    private AccessKeyImportPlan run(String file) {
        return Imported.run(imports, OWNER, json(file), RULES);
    }

    private List<String> wrong(String file) {
        ServiceException failure =
                catchThrowableOfType(ServiceException.class, () -> Imported.compare(imports, OWNER, json(file), RULES));
        assertThat(failure).isNotNull();
        assertThat(failure.kind()).isEqualTo(ErrorKind.INVALID);
        return failure.errors().stream().map(error -> error.field()).toList();
    }

    private AccessKey named(String name) {
        List<AccessKey> found = store.accessKeys().findByName(name, 5);
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static AccessKeyImportPlan.Change change(AccessKeyImportPlan plan, String name) {
        return plan.changes().stream()
                .filter(change -> change.key().settings().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Which of the known secrets the key has; fails for one that is not known. */
    private List<String> secretsOf(String id) {
        return keys.get(OWNER, id).secrets().stream()
                .map(stored -> List.of(SECRET, OTHER_SECRET).stream()
                        .filter(known -> stored.hash().matches(SecretHash.of(known)))
                        .findFirst()
                        .orElseThrow())
                .toList();
    }

    private List<String> audited() {
        AuditPage page = store.audit().page(new AuditQuery(500, null, null, null));
        List<String> events = new ArrayList<>();
        page.entries()
                .forEach(entry -> events.add(
                        0, entry.event().action() + " " + entry.event().subject()));
        return events;
    }

    private static Map<String, Object> json(String text) {
        return Answers.json(text.replace('\'', '"'));
    }
}
