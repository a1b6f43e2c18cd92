package dev.latchkey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.CliRun;
import dev.latchkey.cli.CliStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trusted issuers, and keys that trust their subjects, at the command line. */
class IssuersCommandsTest {
    private static final String TRUST = "{\"issuer\":\"github\",\"subject\":\"repo:acme/app:ref:refs/heads/main\","
            + "\"claims\":{\"environment\":\"prod\"}}";
    private static final String SET = "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"a\","
            + "\"x\":\"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4\","
            + "\"y\":\"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM\"}]}";

    @TempDir
    private Path folder;

    private CliStore store;

    @BeforeEach
    void addIssuers() {
        store = CliStore.in(folder);
        add("github", "--issuer", "https://token.example", "--single-use", "--max-age", "10m");
        CliRun pasted = store.reading(
                SET, "issuers", "add", "cluster", "--issuer", "https://kubernetes.default.svc", "--jwks", "-");
        assertThat(pasted).isEqualTo(new CliRun(0, "Added issuer cluster\n", ""));
    }

    private CliRun add(String name, String... more) {
        return store.run(Stream.concat(Stream.of("issuers", "add", name), Arrays.stream(more))
                .toArray(String[]::new));
    }

    @Test
    void issuers_areShownAsTheyWereAdded() {
        assertThat(store.run("issuers", "list").out())
                .isEqualTo(
                        "NAME     ISSUER\ncluster  https://kubernetes.default.svc\ngithub   https://token.example\n");
        assertThat(store.json("issuers", "show", "github", "--json"))
                .containsEntry("max_age", 600L)
                .containsEntry("single_use", true)
                .containsEntry("jwks", null)
                .containsEntry("fetch", fetchOf());
        assertThat(store.run("issuers", "show", "cluster").out()).contains("JWK Set     {\"keys\":[{\"kty\":\"EC\"");
        assertThat(add("github", "--issuer", "https://token.example").code()).isEqualTo(1);
        assertThat(store.run("audit").out()).contains("issuer.add");
    }

    private static Map<String, Object> fetchOf() {
        Map<String, Object> nothing = new LinkedHashMap<>();
        nothing.put("fetched_at", null);
        nothing.put("keys", List.of());
        nothing.put("failed_at", null);
        nothing.put("failure", null);
        return nothing;
    }

    @ParameterizedTest
    @CsvSource({
        "http://token.example,      ,                         issuer",
        "ftp://token.example,       ,                         issuer",
        "https://token.example?q=1, ,                         issuer",
        "https://169.254.169.254,   ,                         issuer",
        "https://[fe80::1],         ,                         issuer",
        "https://0xa9fea9fe,        ,                         issuer",
        "https://i.example:65536,   ,                         issuer",
        "https://i.example,         https://2130706433/jwks,  jwks-uri",
        "https://[::ffff:169.254.1.2], ,                      issuer",
        "https://i.example,         http://i.example/jwks,    jwks-uri",
        "https://i.example,         https://u@i.example/jwks, jwks-uri",
        "https://i.example,         https://0.0.0.0/jwks,     jwks-uri",
        "https://i.example,         https://[64:ff9b::a9fe:a9fe]/jwks, jwks-uri",
        "https://i.example,         https://[fd00:ec2::254]/jwks,      jwks-uri"
    })
    void add_whatCannotBeFetched_isWrongUsage(String issuer, String jwksUri, String option) {
        CliRun run = jwksUri == null
                ? add("bad", "--issuer", issuer)
                : add("bad", "--issuer", issuer, "--jwks-uri", jwksUri);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.oneLine()).contains("--" + option);
    }

    @Test
    void add_namesWhatIsWrong_asItIsTyped() throws IOException {
        Path file = Files.writeString(folder.resolve("ca.pem"), "none");
        CliRun run = add("bad name", "--issuer", "https://i.example", "--ca-file", file.toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.oneLine())
                .contains("NAME must be 1 to 64", "--ca-file must be PEM certificates")
                .doesNotContain("--name", "--ca ");
    }

    @ParameterizedTest
    @CsvSource({"http://127.0.0.1:9/jwks", "http://[::1]:9/jwks", "https://10.0.0.1/jwks", "https://127.0.0.1/jwks"})
    void add_privateAddresses_andLiteralLoopback_areTaken(String jwksUri) {
        assertThat(add("near", "--issuer", "https://i.example", "--jwks-uri", jwksUri)
                        .code())
                .isZero();
    }

    @Test
    void aKeyWithoutSecret_trustsASubject_andKeepsItsIssuer() {
        Map<String, Object> key = store.create("ci", "--no-secret", "--federated", TRUST);
        assertThat(key).doesNotContainKey("secret").containsEntry("secrets", List.of());
        assertThat(key.get("federated"))
                .isEqualTo(CliStore.parse("{\"a\":[" + TRUST + "]}").get("a"));
        assertThat(store.run("keys", "show", "ci").out())
                .contains("trusts  repo:acme/app:ref:refs/heads/main of github", "never used");

        assertThat(store.run("issuers", "remove", "github").oneLine()).contains("still trust");
        assertThat(store.run("keys", "edit", "ci", "--federated", "none").code())
                .isZero();
        assertThat(store.run("issuers", "remove", "github").code()).isZero();
        CliRun unknown = store.run("keys", "edit", "ci", "--federated", TRUST);
        assertThat(unknown.oneLine()).contains("federated", "github", "not a trusted issuer");
        assertThat(store.run("issuers", "remove", "github").code()).isEqualTo(1);
    }

    @Test
    void export_thenImport_makesTheSameIssuersAndKeys_anywhere() {
        store.create("ci", "--no-secret", "--federated", "[" + TRUST + ",{\"issuer\":\"cluster\",\"subject\":\"s\"}]");
        String document = store.run("keys", "export").out();
        assertThat(store.reading(document, "keys", "import", "--dry-run", "-").code())
                .isZero();

        CliStore other = new CliStore(folder.resolve("other.db"));
        assertThat(other.run("scopes", "add", "x").code()).isZero();
        CliRun plan = other.reading(document, "keys", "import", "--dry-run", "-");
        assertThat(plan.code()).isEqualTo(3);
        assertThat(plan.out()).contains("+ issuer cluster", "+ issuer github", "Issuers: 2 changed.");
        assertThat(other.run("issuers", "list", "--json").out()).doesNotContain("github");
        assertThat(other.reading(document, "keys", "import", "-").code()).isZero();
        assertThat(other.run("scopes", "remove", "x").code()).isZero();
        assertThat(other.run("keys", "export").out()).isEqualTo(document);
    }

    @Test
    void import_changesAnIssuer_andNamesAKeysUnknownOne() {
        String document = store.run("keys", "export").out().replace("600", "1200");
        CliRun plan = store.reading(document, "keys", "import", "--dry-run", "-");
        assertThat(plan.out()).contains("~ issuer github", "max_age");
        assertThat(store.reading(document, "keys", "import", "-").code()).isZero();
        assertThat(store.json("issuers", "show", "github", "--json")).containsEntry("max_age", 1200L);

        String unknown = "{\"scopes\":[{\"name\":\"a\"}],\"keys\":[{\"name\":\"k\",\"scopes\":[\"a\"],\"federated\":["
                + "{\"issuer\":\"gone\",\"subject\":\"s\"}]}]}";
        assertThat(store.reading(unknown, "keys", "import", "-").oneLine()).contains("keys[0].federated", "\"gone\"");
    }
}
