package dev.latchkey.accesskey.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeys;
import dev.latchkey.accesskey.SecretHash;
import dev.latchkey.accesskey.StoredSecret;
import dev.latchkey.accesskey.TokenSizeRule;
import dev.latchkey.error.ServiceException;
import dev.latchkey.harness.Answers;
import dev.latchkey.harness.MutableClock;
import dev.latchkey.permission.Actor;
import dev.latchkey.sql.SqlStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Secrets that stand in a file as hashes. */
class DeclaredSecretsTest {
    private static final Actor OWNER = Actor.operator("test");
    private static final AccessKeyImport.Rules RULES = new AccessKeyImport.Rules(false, false);
    private static final String A = "a secret of at least 32 characters";
    private static final String B = "another secret with 32 characters";
    private static final Instant START = Instant.parse("2026-07-04T12:00:00Z");
    private static final String JWKS = "'jwks':{'keys':[{'kty':'EC','crv':'P-256',"
            + "'x':'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4','y':'4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM'}]}";

    @AutoClose
    private final SqlStore store = SqlStore.open(":memory:", SqlStore.Mode.CREATE);

    private final MutableClock clock = new MutableClock(START);
    private final TokenSizeRule anySize = new TokenSizeRule((id, settings) -> 0);
    private final AccessKeys keys = new AccessKeys(store.accessKeys(), store.scopes(), clock, anySize);
    private final AccessKeyImport imports = new AccessKeyImport(store.imports(), clock, anySize);

    @BeforeEach
    void aScope() {
        Imported.run(imports, OWNER, Map.of("scopes", List.of(Map.of("name", "fx"))), RULES);
    }

    @ParameterizedTest
    @CsvSource({"hex", "HEX", "base64url"})
    void aHash_inEachForm_isTheKeysSecret_withoutAHint(String form) {
        byte[] digest = HexFormat.of().parseHex(hex(A));
        String text =
                form.equals("base64url") ? hash(A) : form.equals("HEX") ? hex(A).toUpperCase(Locale.ROOT) : hex(A);
        assertThat(SecretHash.ofDigest(digest)).isEqualTo(SecretHash.of(A));

        run("'secret_sha256':'" + text + "'");

        assertThat(secrets()).containsExactly(new StoredSecret(SecretHash.of(A), null, START, null, null));
        assertThat(run("'secret_sha256':'" + text + "'").isEmpty()).isTrue();
        assertThat(run("'secret':'" + A + "'").isEmpty()).isTrue();
    }

    @Test
    void aHash_leavesARotationUnderWay_andTakesItsPlaceBackWhenItHasEnded() {
        run("'secret_sha256':'" + hash(A) + "'");
        keys.rotate(OWNER, "orders", Duration.ofHours(1));

        assertThat(run("'secret_sha256':'" + hash(A) + "'").isEmpty()).isTrue();
        clock.advance(Duration.ofHours(1));
        assertThat(run("'secret_sha256':'" + hash(A) + "'").isEmpty()).isFalse();

        assertThat(hashes()).containsExactly(hash(A));
        assertThat(secrets().get(0).isLive(clock.instant())).isTrue();
    }

    @Test
    void aList_isAllThatTheKeyHas_andKeepsWhatIsKnownOfASecret() {
        run("'secret':'" + A + "'");
        clock.advance(Duration.ofMinutes(1));
        String both = "'secret_sha256':[{'sha256':'" + hash(A) + "','expires_at':'2026-07-05T00:00:00Z'},{'sha256':'"
                + hex(B) + "'}]";

        assertThat(run(both).events()).extracting(event -> event.action()).containsExactly("key.rotate");

        assertThat(secrets())
                .containsExactly(
                        new StoredSecret(SecretHash.of(A), "ters", START, Instant.parse("2026-07-05T00:00:00Z"), null),
                        new StoredSecret(SecretHash.of(B), null, START.plusSeconds(60), null, null));
        assertThat(run(both).isEmpty()).isTrue();
        assertThat(run("'secret_sha256':[{'sha256':'" + hash(B) + "','expires_at':null}]")
                        .isEmpty())
                .isFalse();
        assertThat(hashes()).containsExactly(hash(B));
    }

    @Test
    void aList_whoseOlderSecretHasEnded_isTheSameAsOneWithoutIt() {
        String both = "'secret_sha256':[{'sha256':'" + hash(A) + "','expires_at':'2026-07-04T13:00:00Z'},{'sha256':'"
                + hash(B) + "'}]";
        run(both);
        clock.advance(Duration.ofMinutes(59).plusSeconds(59));
        assertThat(run("'secret_sha256':[{'sha256':'" + hash(B) + "'}]", true).isEmpty())
                .isFalse();

        clock.advance(Duration.ofSeconds(1));

        assertThat(run("'secret_sha256':[{'sha256':'" + hash(B) + "'}]").isEmpty())
                .isTrue();
        assertThat(run(both).isEmpty()).isTrue();
    }

    @Test
    void anEmptyList_orFalse_isForAKeyThatHasAnotherProof() {
        assertThat(wrong("'secret_sha256':[]")).containsExactly("keys[0].secret");
        assertThat(wrong("'secret':false")).containsExactly("keys[0].secret");

        run("'secret_sha256':[]," + JWKS);
        assertThat(secrets()).isEmpty();
        run("'secret':'" + A + "'," + JWKS);
        assertThat(hashes()).containsExactly(hash(A));
        run("'secret':false");
        assertThat(secrets()).isEmpty();
        assertThat(wrong("'secret':false,'jwks':null")).containsExactly("keys[0].secret");
    }

    @Test
    void aNewKeyWithJwks_getsNoSecretThatTheRowDoesNotGive() {
        assertThat(run(JWKS).changes().get(0).generated()).isNull();
        assertThat(secrets()).isEmpty();
        assertThat(run(JWKS).isEmpty()).isTrue();
    }

    @Test
    void secretRequired_isMetByASecretAHashOrAnotherProof() {
        AccessKeyImport.Rules seed = new AccessKeyImport.Rules(false, true);
        for (String how : List.of("'secret':'" + A + "'", "'secret_sha256':'" + hash(A) + "'", JWKS)) {
            assertThat(Imported.compare(imports, OWNER, document(how), seed).changes())
                    .hasSize(1);
        }
        for (String how : List.of("'secret':null", "'jwks':null", "'enabled':true")) {
            ServiceException failure = catchThrowableOfType(
                    ServiceException.class, () -> Imported.compare(imports, OWNER, document(how), seed));
            assertThat(failure)
                    .hasMessageStartingWith("keys[0].secret is required here, or secret_sha256, jwks or federated");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'secret_sha256':''                                          | keys[0].secret_sha256",
                "'secret_sha256':7                                           | keys[0].secret_sha256",
                "'secret_sha256':{}                                          | keys[0].secret_sha256",
                "'secret_sha256':'HEXx'                                      | keys[0].secret_sha256",
                "'secret_sha256':'B64='                                      | keys[0].secret_sha256",
                "'secret_sha256':['HEX']                                     | keys[0].secret_sha256[0]",
                "'secret_sha256':[{}]                                        | keys[0].secret_sha256[0].sha256",
                "'secret_sha256':[{'sha256':'HEX','expires_at':'soon'}]      | keys[0].secret_sha256[0].expires_at",
                "'secret_sha256':[{'sha256':'HEX','expires_at':7}]           | keys[0].secret_sha256[0].expires_at",
                "'secret_sha256':[{'sha256':'HEX','hint':'x'}]               | keys[0].secret_sha256[0].hint",
                "'secret_sha256':[{'sha256':'HEX'},{'sha256':'B64'}]         | keys[0].secret_sha256",
                "'secret_sha256':[{'sha256':'HEX'},{'sha256':'B64'},{'sha256':'B64'}] | keys[0].secret_sha256",
                "'secret_sha256':'HEX','secret':'a secret of at least 32 characters' | keys[0].secret_sha256",
                "'secret':true                                               | keys[0].secret"
            })
    void whatIsNoHash_namesItself_andNothingIsDone(String fields, String field) {
        assertThat(wrong(fields.replace("HEX", hex(A)).replace("B64", hash(A)))).containsExactly(field);
        assertThat(store.accessKeys().all()).isEmpty();
    }

    private AccessKeyImportPlan run(String fields) {
        return run(fields, false);
    }

    private AccessKeyImportPlan run(String fields, boolean dry) {
        return dry
                ? Imported.compare(imports, OWNER, document(fields), RULES)
                : Imported.run(imports, OWNER, document(fields), RULES);
    }

    private List<String> wrong(String fields) {
        ServiceException failure = catchThrowableOfType(ServiceException.class, () -> run(fields));
        assertThat(failure).isNotNull();
        assertThat(failure).hasMessageNotContaining(A).hasMessageNotContaining(hash(A));
        return failure.errors().stream().map(error -> error.field()).toList();
    }

    private static Map<String, Object> document(String fields) {
        return Answers.json(
                ("{'keys':[{'id':'orders','name':'Orders','scopes':['fx']," + fields + "}]}").replace('\'', '"'));
    }

    private List<StoredSecret> secrets() {
        AccessKey key = keys.get(OWNER, "orders");
        return key.secrets();
    }

    private List<String> hashes() {
        return secrets().stream().map(secret -> secret.hash().encoded()).toList();
    }

    private static String hash(String secret) {
        return SecretHash.of(secret).encoded();
    }

    private static String hex(String secret) {
        return HexFormat.of().formatHex(Base64.getUrlDecoder().decode(hash(secret)));
    }
}
