package dev.latchkey.server;

import static dev.latchkey.harness.Answers.accessToken;
import static dev.latchkey.harness.Answers.claims;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.audit.AuditQuery;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.harness.StderrCapture;
import dev.latchkey.harness.TestService;
import dev.latchkey.permission.Actor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code serve --seed}. */
class SeedImporterTest {
    private static final Actor OWNER = Actor.operator("test");
    private static final String SECRET = "a secret of at least 32 characters";
    private static final String GOOD = "{'scopes':[{'name':'fx'}],'keys':["
            + "{'id':'orders','name':'Orders','scopes':['fx'],'secret':'" + SECRET + "'},"
            + "{'name':'Stock','scopes':['fx'],'secret':'" + SECRET + "2'}]}";

    @TempDir
    Path folder;

    @Test
    void aValueThatBeginsWithABrace_isTheDocumentItself() throws IOException {
        try (TestService service = TestService.start(folder, Map.of(ServeFlag.SEED, GOOD.replace('\'', '"')))) {
            assertThat(service.services().accessKeys().list(OWNER)).hasSize(2);
        }
    }

    @Test
    void aDocumentInTheSetting_thatIsWrong_isNotRepeated() {
        String broken = GOOD.replace('\'', '"').replace("]}", "");

        ServiceException failure = catchThrowableOfType(
                ServiceException.class, () -> TestService.start(folder, Map.of(ServeFlag.SEED, broken)));

        assertThat(failure).hasMessageStartingWith("--seed {…} ").hasMessageNotContaining(SECRET);
    }

    @Test
    void keys_areThereWhenTheServiceAnswers_andASecondStartChangesNothing() throws IOException {
        List<AccessKey> first;
        try (TestService service = start(GOOD)) {
            String token = accessToken(service.token(
                    TestService.basic("orders", SECRET.replace(" ", "+")), "grant_type=client_credentials"));
            assertThat(claims(token).get("scope")).isEqualTo("fx");
            first = service.services().accessKeys().list(OWNER);
        }

        try (TestService again = start(GOOD)) {
            assertThat(again.services().accessKeys().list(OWNER))
                    .extracting(AccessKey::id, AccessKey::revision)
                    .isEqualTo(first.stream().map(key -> tuple(key.id(), 1L)).toList());
            assertThat(again.services()
                            .audit()
                            .page(
                                    OWNER,
                                    new AuditQuery(100, null, new AuditQuery.Filter(null, null, null, "key", null)))
                            .entries())
                    .hasSize(2)
                    .allSatisfy(entry -> assertThat(entry.event().actor()).isEqualTo(Actor.system()));
        }
    }

    @Test
    void anotherSecretInTheFile_isTheKeysSecretFromTheNextStartOn() throws IOException {
        start(GOOD).close();

        try (TestService service = start(GOOD.replace(SECRET + "'", "another secret with 32 characters'"))) {
            String form = "grant_type=client_credentials";
            assertThat(service.token(TestService.basic("orders", SECRET.replace(" ", "+")), form)
                            .statusCode())
                    .isEqualTo(401);
            accessToken(service.token(TestService.basic("orders", "another+secret+with+32+characters"), form));
        }
    }

    @Test
    void servicesThatStartAtOnce_addEachKeyOnce() throws IOException {
        start("{}").close();
        Path seed = write(GOOD);

        List<TestService> services = IntStream.range(0, 4)
                .parallel()
                .mapToObj(i -> TestService.start(folder, Map.of(ServeFlag.SEED, seed.toString())))
                .toList();

        assertThat(services.get(0).services().accessKeys().list(OWNER))
                .extracting(key -> key.settings().name())
                .containsExactlyInAnyOrder("Orders", "Stock");
        services.forEach(TestService::close);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'keys':[{'name':'n','scopes':['fx']}]}                 | keys[0].secret is required here",
                "{'keys':[{'id':'a b','name':'n','secret':'short'}]}     | keys[0].id must be 3 to 64",
                "{'keys':[{'id':'a b','name':'n','secret':'short'}]}     | keys[0].secret must be 32 to 512",
                "{'scopes':[{'name':'latchkey:x'}]}                      | scopes[0].name must not begin",
                "{'key':[]}                                              | key is not known here"
            })
    void badRows_areNamedWithTheFile(String file, String message) throws IOException {
        ServiceException failure = failure(file);

        assertThat(failure.kind()).isEqualTo(ErrorKind.INVALID);
        assertThat(failure).hasMessageContaining("--seed " + folder.resolve("seed.json") + ": " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"[]|is not a JSON object", "{'keys':|is not well-formed JSON at line 1", "``|is empty"})
    void otherFiles_areNamed(String file, String message) throws IOException {
        ServiceException failure = failure(file);

        assertThat(failure.kind()).isEqualTo(ErrorKind.MISCONFIGURED);
        assertThat(failure).hasMessageContaining("--seed " + folder.resolve("seed.json") + " " + message);
    }

    @Test
    void aMissingFile_isNamed() {
        ServiceException failure = catchThrowableOfType(
                ServiceException.class, () -> TestService.start(folder, Map.of(ServeFlag.SEED, folder + "/none.json")));

        assertThat(failure.kind()).isEqualTo(ErrorKind.MISCONFIGURED);
        assertThat(failure).hasMessageContaining("none.json cannot be read");
    }

    private ServiceException failure(String file) throws IOException {
        Path seed = write(file);
        ServiceException failure = catchThrowableOfType(
                ServiceException.class, () -> TestService.start(folder, Map.of(ServeFlag.SEED, seed.toString())));
        assertThat(failure).isNotNull();
        return failure;
    }

    private TestService start(String file) throws IOException {
        return TestService.start(folder, Map.of(ServeFlag.SEED, write(file).toString()));
    }

    private Path write(String file) throws IOException {
        return Files.writeString(folder.resolve("seed.json"), file.replace('\'', '"'));
    }

    @Test
    void secretsThatOthersMayRead_areWarnedOf_onceAndWithoutThem() throws Exception {
        Path file = Files.writeString(folder.resolve("seed.json"), GOOD.replace('\'', '"'));
        String warning = "--seed " + file + ", which holds secrets, can be read by others; run: chmod 600 " + file;
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(logOf(file).lines())
                .filteredOn(line -> line.endsWith(warning))
                .hasSize(1);
        assertThat(logOf(file)).doesNotContain(SECRET);

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(logOf(file)).doesNotContain("which holds secrets");
        Files.writeString(file, "{\"scopes\":[{\"name\":\"fx\"}]}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(logOf(file)).doesNotContain("which holds secrets");
    }

    private String logOf(Path seed) throws Exception {
        return StderrCapture.of(() -> TestService.start(folder, Map.of(ServeFlag.SEED, seed.toString()))
                .close());
    }
}
