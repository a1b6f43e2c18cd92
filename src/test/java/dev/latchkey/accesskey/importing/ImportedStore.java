package dev.latchkey.accesskey.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeys;
import dev.latchkey.accesskey.SecretHash;
import dev.latchkey.accesskey.TokenSizeRule;
import dev.latchkey.audit.AuditPage;
import dev.latchkey.audit.AuditQuery;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.harness.Answers;
import dev.latchkey.harness.MutableClock;
import dev.latchkey.permission.Actor;
import dev.latchkey.sql.SqlStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A store in memory that files are imported into. For one thread. */
final class ImportedStore implements AutoCloseable {
    static final Actor OWNER = Actor.operator("test");
    static final AccessKeyImport.Rules RULES = new AccessKeyImport.Rules(false, false);
    static final String SECRET = "a secret of at least 32 characters";
    static final String OTHER_SECRET = "another secret with 32 characters";
    static final String FULL = "{'scopes':[{'name':'fx','description':'Rates'},{'name':'vault'}],'keys':["
            + "{'id':'orders','secret':'" + SECRET + "','name':'Orders','scopes':['fx','latchkey:admin'],"
            + "'claims':{'b':1,'a':{'x':[1.50,null]}},'expires_at':'2030-01-01T00:00:00Z','jwks':{'keys':[{'kty':'EC','crv':'P-256',"
            + "'x':'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4','y':'4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM'}]}},"
            + "{'name':'By name','scopes':['vault'],'enabled':false,'token_lifetime':300}]}";

    private final SqlStore store = SqlStore.open(":memory:", SqlStore.Mode.CREATE);
    private final MutableClock clock = new MutableClock(Instant.parse("2026-07-04T12:00:00Z"));
    private final TokenSizeRule anySize = new TokenSizeRule((id, settings) -> 0);
    private final AccessKeys keys = new AccessKeys(store.accessKeys(), store.scopes(), clock, anySize);
    private final AccessKeyImport imports = new AccessKeyImport(store.imports(), clock, anySize);

    SqlStore store() {
        return store;
    }

    MutableClock clock() {
        return clock;
    }

    AccessKeys keys() {
        return keys;
    }

    AccessKeyImport imports() {
        return imports;
    }

    AccessKeyImportPlan compare(Object document, AccessKeyImport.Rules rules) {
        return Imported.compare(imports, OWNER, document, rules);
    }

    AccessKeyImportPlan run(String file) {
        return Imported.run(imports, OWNER, json(file), RULES);
    }

    List<String> wrong(String file) {
        ServiceException failure = catchThrowableOfType(ServiceException.class, () -> compare(json(file), RULES));
        assertThat(failure).isNotNull();
        assertThat(failure.kind()).isEqualTo(ErrorKind.INVALID);
        return failure.errors().stream().map(error -> error.field()).toList();
    }

    AccessKey named(String name) {
        List<AccessKey> found = store.accessKeys().findByName(name, 5);
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    /** Which of the known secrets the key has; fails for one that is not known. */
    List<String> secretsOf(String id) {
        return keys.get(OWNER, id).secrets().stream()
                .map(stored -> List.of(SECRET, OTHER_SECRET).stream()
                        .filter(known -> stored.hash().matches(SecretHash.of(known)))
                        .findFirst()
                        .orElseThrow())
                .toList();
    }

    List<String> audited() {
        AuditPage page = store.audit().page(new AuditQuery(500, null, AuditQuery.Filter.NONE));
        List<String> events = new ArrayList<>();
        page.entries()
                .forEach(entry -> events.add(
                        0, entry.event().action() + " " + entry.event().subject()));
        return events;
    }

    static Map<String, Object> json(String text) {
        return Answers.json(text.replace('\'', '"'));
    }

    @Override
    public void close() {
        store.close();
    }
}
