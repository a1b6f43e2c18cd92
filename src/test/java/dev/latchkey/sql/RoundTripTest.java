package dev.latchkey.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.AccessKeySettingsJson;
import dev.latchkey.accesskey.SecretHash;
import dev.latchkey.accesskey.StoredSecret;
import dev.latchkey.accesskey.TokenSizeRule;
import dev.latchkey.accesskey.importing.AccessKeyExport;
import dev.latchkey.accesskey.importing.AccessKeyImport;
import dev.latchkey.accesskey.importing.ImportListener;
import dev.latchkey.accesskey.importing.ImportSource;
import dev.latchkey.accesskey.importing.ImportTotals;
import dev.latchkey.accesskey.importing.ImportVariables;
import dev.latchkey.harness.MutableClock;
import dev.latchkey.harness.RandomText;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.permission.Actor;
import dev.latchkey.scope.Scope;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is exported is imported as it was, whatever people have named and chosen. */
class RoundTripTest extends StoreContract {
    private static final Actor OWNER = Actor.operator("test");
    private static final int KEYS = 300;
    private static final Instant NOW = Instant.parse("2026-07-04T12:00:00Z");

    /** What JSON, SQL, shells, terminals and our own variables give a meaning to. */
    private static final String ODD =
            "${}$$aA0 \"\\'`,:;[]%_!?<>&/*-\u00e9\u6f22\u05d0\u0627\u202e\u200d\u2028\ud83d\udd11\ufeff";

    private static final String ASCII = "${}$aZ09:/.-_~%!*'()";

    private static final List<String> JWKS = List.of(
            "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"${KID} \u6f22\",\"x\":\"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4\","
                    + "\"y\":\"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM\",\"alg\":\"ES256\"}]}",
            "{\"keys\":[{\"kty\":\"RSA\",\"e\":\"AQAB\",\"use\":\"sig\",\"n\":\"" + "u" + "A".repeat(340) + "Q\"},"
                    + "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4\","
                    + "\"y\":\"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM\"}]}");

    private static final List<String> CLAIMS = List.of(
            "{}",
            "{\"b\":1,\"a\":{\"x\":[1.50,null,true,\"${HOME}\",\"$${A}\"]},\"${NAME}\":\"$$$\"}",
            "{\"\":\"\",\"n\":-0.0,\"big\":123456789012345678901234567890,\"e\":1E+5,\"small\":1.0E-7}",
            "{\"\u6f22\":\"\u202e\ud83d\udd11\",\"q\":\"\\\"\\\\\\n\\t\"}");

    private final MutableClock clock = new MutableClock(NOW);
    private final TokenSizeRule anySize = new TokenSizeRule((id, settings) -> 0);
    private final Random random = new Random(20_260_704);
    private final Iterator<String> texts = RandomText.of(ODD, 60, 3 * KEYS).iterator();
    private final Iterator<String> ascii = RandomText.of(ASCII, 40, 3 * KEYS).iterator();

    @BeforeEach
    void oddKeys() {
        List<Scope> scopes = List.of("fx", "${SCOPE}", "a:b/c$${", "x.y").stream()
                .map(name -> new Scope(name, "For " + name + " \u202e", NOW, "test"))
                .toList();
        for (int i = 0; i < KEYS; i++) {
            store.accessKeys().insert(oddKey(i), scopes, List.of());
        }
    }

    @Test
    void export_thenImportInTheSameStore_isNothing() throws Exception {
        List<AccessKey> before = store.accessKeys().all();

        for (String file :
                List.of(exported(store, AccessKeyExport::row), exported(store, AccessKeyExport::rowWithHashes))) {
            assertThat(compare(store, file)).isEqualTo(new ImportTotals(0, 0, 0, 0, 0, KEYS, 0));
            assertThat(run(store, file)).isEqualTo(new ImportTotals(0, 0, 0, 0, 0, KEYS, 0));
        }

        assertThat(store.accessKeys().all()).isEqualTo(before);
    }

    @Test
    void exportWithHashes_inAnotherStore_isTheSameKeysWithTheSameSecrets() throws Exception {
        String file = exported(store, AccessKeyExport::rowWithHashes);
        try (SqlStore other = SqlStore.open(":memory:", SqlStore.Mode.CREATE)) {
            clock.advance(Duration.ofDays(30));

            assertThat(run(other, file)).isEqualTo(new ImportTotals(4, 0, KEYS, 0, 0, 0, 0));

            for (AccessKey there : store.accessKeys().all()) {
                AccessKey here = other.accessKeys().find(there.id()).orElseThrow();
                assertThat(here.settings()).isEqualTo(there.settings());
                assertThat(proofs(here)).isEqualTo(proofs(there));
            }
            assertThat(exported(other, AccessKeyExport::rowWithHashes)).isEqualTo(file);
            assertThat(compare(other, file).isNothing()).isTrue();
            assertThat(compare(store, exported(other, AccessKeyExport::rowWithHashes))
                            .isNothing())
                    .isTrue();
        }
    }

    @Test
    void exportWithoutHashes_inAnotherStore_isTheSameSettings_withSecretsOfItsOwn() throws Exception {
        String file = exported(store, AccessKeyExport::row);
        try (SqlStore other = SqlStore.open(":memory:", SqlStore.Mode.CREATE)) {
            run(other, file);

            for (AccessKey there : store.accessKeys().all()) {
                AccessKey here = other.accessKeys().find(there.id()).orElseThrow();
                assertThat(here.settings()).isEqualTo(there.settings());
                assertThat(here.secrets()).hasSize(there.settings().jwks() == null ? 1 : 0);
            }
            assertThat(exported(other, AccessKeyExport::row)).isEqualTo(file);
            assertThat(compare(other, file).isNothing()).isTrue();
        }
    }

    private AccessKey oddKey(int i) {
        String name = texts.next().strip();
        String jwks = i % 3 == 0 ? JWKS.get(i % 2) : "null";
        ObjectNode row =
                JsonBinding.stored("{\"scopes\":[\"fx\",\"latchkey:admin\",\"${SCOPE}\",\"a:b/c$${\"],\"claims\":"
                        + CLAIMS.get(i % 4) + ",\"jwks\":" + jwks + "}");
        row.put("name", name.isEmpty() ? "key " + i : name);
        row.put("description", texts.next() + "\n" + texts.next());
        row.put("enabled", i % 5 != 0);
        ArrayNode audience = row.putArray("audience");
        for (String one : List.of("https://${HOST}/", "urn:" + ascii.next())) {
            audience.add(one);
        }
        if (i % 4 == 0) {
            row.put("token_lifetime", 60 + i);
            row.put("expires_at", i % 8 == 0 ? "9999-12-31T23:59:59Z" : "2030-02-28T23:59:59+05:30");
        }
        AccessKeySettings settings = AccessKeySettingsJson.create(row);
        return new AccessKey("key-" + i + "._-", settings, secrets(i, jwks), NOW, "test", NOW, null, 1);
    }

    /** None, one, two, one that has ended, and one of which only the hash is known. */
    private List<StoredSecret> secrets(int i, String jwks) {
        List<StoredSecret> secrets = new ArrayList<>();
        int count = jwks.equals("null") ? 1 + random.nextInt(2) : random.nextInt(3);
        for (int j = 0; j < count; j++) {
            Instant end = j == count - 1 && i % 7 != 0 ? null : NOW.plus(Duration.ofDays(random.nextInt(-5, 60)));
            String hint = random.nextBoolean() ? "hint" : null;
            secrets.add(new StoredSecret(SecretHash.of(i + " " + j), hint, NOW, end, null));
        }
        return secrets;
    }

    private record Proof(SecretHash hash, String expiresAt) {}

    private static List<Proof> proofs(AccessKey key) {
        return key.secrets().stream()
                .map(secret -> new Proof(secret.hash(), String.valueOf(secret.expiresAt())))
                .toList();
    }

    private static String exported(SqlStore store, Function<AccessKey, ObjectNode> row) {
        return new AccessKeyExport(store.imports()).runWithHashes(OWNER, reading -> {
            List<ObjectNode> scopes = new ArrayList<>();
            reading.scopesAfter("", 100).forEach(scope -> scopes.add(AccessKeyExport.row(scope)));
            List<ObjectNode> keys = new ArrayList<>();
            for (List<AccessKey> some = reading.keysAfter("", 70);
                    !some.isEmpty();
                    some = reading.keysAfter(some.get(some.size() - 1).id(), 70)) {
                some.forEach(key -> keys.add(row.apply(key)));
            }
            return JsonBinding.text(Map.of("scopes", scopes, "keys", keys));
        });
    }

    private ImportTotals run(SqlStore target, String file) throws JsonSyntaxException {
        return imports(target).run(OWNER, source(file), rules(), ImportListener.NONE);
    }

    private ImportTotals compare(SqlStore target, String file) throws JsonSyntaxException {
        return imports(target).compare(OWNER, source(file), rules().pruning(), ImportListener.NONE);
    }

    /** Every variable that an odd name might name is set, so that one that is not escaped would be seen. */
    private static AccessKeyImport.Rules rules() {
        return new AccessKeyImport.Rules(false, false)
                .with(ImportVariables.of(
                        Map.of("HOME", "!", "a", "!", "A", "!", "NAME", "!", "KID", "!", "SCOPE", "!")));
    }

    private AccessKeyImport imports(SqlStore target) {
        return new AccessKeyImport(target.imports(), clock, anySize);
    }

    private static ImportSource source(String file) {
        return ImportSource.of(file.getBytes(StandardCharsets.UTF_8));
    }
}
