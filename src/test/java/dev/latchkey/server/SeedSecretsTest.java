package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.accesskey.SecretHash;
import dev.latchkey.accesskey.StoredSecret;
import dev.latchkey.accesskey.TokenSizeRule;
import dev.latchkey.accesskey.importing.AccessKeyImport;
import dev.latchkey.config.SeedDocument;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.config.ServeSettings;
import dev.latchkey.error.ServiceException;
import dev.latchkey.sql.SqlStore;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Where the secrets of a seed come from. */
class SeedSecretsTest {
    private static final String SECRET = "a secret of at least 32 characters";
    private static final String JWKS = "'jwks':{'keys':[{'kty':'EC','crv':'P-256',"
            + "'x':'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4','y':'4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM'}]}";

    @AutoClose
    private final SqlStore store = SqlStore.open(":memory:", SqlStore.Mode.CREATE);

    @Test
    void secrets_mayStandAsHashes_orInTheEnvironment_andAKeyWithJwksNeedsNone() {
        ServeSettings settings = settings(
                "{'id':'hashed','name':'h','scopes':['fx'],'secret_sha256':'"
                        + SecretHash.of(SECRET).encoded() + "'},"
                        + "{'id':'named','name':'n','scopes':['fx'],'secret':'${FX_SECRET}'},"
                        + "{'id':'signed','name':'s','scopes':['fx'],"
                        + JWKS
                        + "}",
                Map.of("FX_SECRET", SECRET + "2"));

        seed(settings);

        assertThat(hashes("hashed")).containsExactly(SecretHash.of(SECRET));
        assertThat(hashes("named")).containsExactly(SecretHash.of(SECRET + "2"));
        assertThat(hashes("signed")).isEmpty();
        assertThat(settings.toString()).doesNotContain(SECRET);
    }

    @Test
    void anUnsetVariable_isNamedWithItsRow() {
        ServeSettings settings =
                settings("{'id':'named','name':'n','scopes':['fx'],'secret':'${FX_SECRET}'}", Map.of());

        ServiceException failure = catchThrowableOfType(ServiceException.class, () -> seed(settings));

        assertThat(failure)
                .hasMessage("--seed {…}: keys[0].secret names ${FX_SECRET}, which is not set in the environment");
    }

    private static ServeSettings settings(String rows, Map<String, String> env) {
        String json = "{'scopes':[{'name':'fx'}],'keys':[" + rows + "]}";
        return ServeSettings.read(Map.of(ServeFlag.SEED, json.replace('\'', '"')), env);
    }

    private void seed(ServeSettings settings) {
        SeedDocument document = Objects.requireNonNull(settings.seed());
        AccessKeyImport imports =
                new AccessKeyImport(store.imports(), Clock.systemUTC(), new TokenSizeRule((id, key) -> 0));
        SeedImporter.apply(document, SeedImporter.source(document), imports, SeedImporter.rules(document));
    }

    private List<SecretHash> hashes(String id) {
        return store.accessKeys().find(id).orElseThrow().secrets().stream()
                .map(StoredSecret::hash)
                .toList();
    }
}
