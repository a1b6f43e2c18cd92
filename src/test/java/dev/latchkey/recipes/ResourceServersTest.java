package dev.latchkey.recipes;

import static dev.latchkey.harness.Answers.accessToken;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.docs.Page;
import dev.latchkey.harness.Processes;
import dev.latchkey.harness.Processes.Outcome;
import dev.latchkey.harness.TestService;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoders;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.web.client.RestOperations;

/** The page for services that are given tokens, run as it stands; only the issuer's address is put in. */
class ResourceServersTest {
    private static final String PAGE = "resource-servers.md";
    private static final String ISSUER = "https://id.example.com";
    private static final List<Class<?>> LIBRARIES = List.of(
            DefaultJWTProcessor.class,
            JwtDecoder.class,
            OAuth2TokenValidator.class,
            RestOperations.class,
            Converter.class);
    private static final String AUDIENCE = "https://api.example.com";

    @TempDir
    static Path folder;

    @RegisterExtension
    private static final TestService service = TestService.fresh(Map.of(ServeFlag.AUDIENCE, AUDIENCE));

    private static NewAccessKey key;
    private static String token;
    private static String expired;
    private static String tampered;

    @BeforeAll
    static void start() {
        key = service.key("fx", "vault");
        // These libraries go by the machine's clock.
        service.clock()
                .advance(Duration.between(service.clock().instant(), Instant.now())
                        .minusHours(2L));
        expired = accessToken(service.token(key, ""));
        service.clock().advance(Duration.ofHours(2));
        token = accessToken(service.token(key, ""));
        tampered = token.substring(0, token.length() - 8) + "AAAAAAAA";
    }

    @Test
    void curl_introspects_asks_andRevokes() {
        assumeThat(Recipes.find("curl")).as("curl is installed").isPresent();
        List<String> blocks = Page.blocks(PAGE, "curl");
        String own = accessToken(service.token(key, ""));

        assertThat(curl(blocks.get(0), own).out()).contains("\"active\":true").contains("\"scope\":\"fx vault\"");
        assertThat(curl(blocks.get(1), own).exitCode()).isZero();
        assertThat(curl(blocks.get(2), own).exitCode()).isZero();
        assertThat(curl(blocks.get(0), own).out()).isEqualTo("{\"active\":false}");
        assertThat(curl(blocks.get(1), own).err()).contains("401");
    }

    @Test
    void node_verifies() throws IOException {
        Path place = Files.createDirectories(folder.resolve("node"));
        NodePackages.install(place, "jose@6");
        Files.writeString(
                place.resolve("verify.mjs"),
                local(Page.blocks(PAGE, "Node with jose").get(0)));
        Files.writeString(place.resolve("try.mjs"), """
                import { verify } from './verify.mjs';
                const [good, ...bad] = process.argv.slice(2);
                const payload = await verify(good, 'vault');
                console.log(payload.sub);
                for (const [token, scope] of [...bad.map(one => [one, 'fx']), [good, 'admin']]) {
                  await verify(token, scope).then(() => console.log('passed'), error => console.log('refused'));
                }
                """);

        Outcome outcome = Processes.run(place, Map.of(), List.of("node", "try.mjs", token, expired, tampered));

        assertThat(outcome.out().lines())
                .as(outcome.err())
                .containsExactly(key.key().id(), "refused", "refused", "refused");
    }

    @Test
    void nimbus_verifies() throws Exception {
        Class<?> type =
                compiled("NimbusTokens", Page.blocks(PAGE, "Java with Nimbus").get(0));
        Object tokens = type.getConstructor(String.class, String.class).newInstance(service.issuer(), AUDIENCE);
        var verify = type.getMethod("verify", String.class, String.class);

        assertThat(verify.invoke(tokens, token, "vault").toString())
                .contains(key.key().id());
        for (String[] bad : new String[][] {{expired, "fx"}, {tampered, "fx"}, {token, "admin"}}) {
            assertThatThrownBy(() -> verify.invoke(tokens, bad[0], bad[1]))
                    .isInstanceOf(InvocationTargetException.class);
        }
        Object other = type.getConstructor(String.class, String.class).newInstance(service.issuer(), "https://other");
        assertThatThrownBy(() -> verify.invoke(other, token, "fx")).isInstanceOf(InvocationTargetException.class);
    }

    @Test
    void spring_verifies() throws Exception {
        Class<?> type =
                compiled("SpringTokens", Page.blocks(PAGE, "Spring Security").get(0));
        var decoder = type.getMethod("decoder", String.class, String.class);
        JwtDecoder ours = (JwtDecoder) decoder.invoke(null, service.issuer(), AUDIENCE);
        JwtDecoder other = (JwtDecoder) decoder.invoke(null, service.issuer(), "https://other");

        Jwt jwt = ours.decode(token);
        assertThat(jwt.getSubject()).isEqualTo(key.key().id());
        assertThatThrownBy(() -> ours.decode(expired)).isInstanceOf(JwtException.class);
        assertThatThrownBy(() -> ours.decode(tampered)).isInstanceOf(JwtException.class);
        assertThatThrownBy(() -> other.decode(token)).isInstanceOf(JwtException.class);
    }

    /** As Spring Boot makes a decoder of the two properties that the page names. */
    @Test
    void spring_withTheIssuerAlone_verifies_tokensOfTypJwt() {
        try (TestService jwt = service.again(Map.of(ServeFlag.AUDIENCE, AUDIENCE, ServeFlag.TOKEN_TYP, "JWT"))) {
            JwtDecoder decoder = JwtDecoders.fromIssuerLocation(jwt.issuer());
            String good = accessToken(jwt.token(key, ""));

            assertThat(decoder.decode(good).getSubject()).isEqualTo(key.key().id());
            assertThatThrownBy(() -> decoder.decode(good.substring(0, good.length() - 8) + "AAAAAAAA"))
                    .isInstanceOf(JwtException.class);
        }
        assertThatThrownBy(
                        () -> JwtDecoders.fromIssuerLocation(service.issuer()).decode(token))
                .isInstanceOf(JwtException.class);
    }

    private static Outcome curl(String block, String bearer) {
        Map<String, String> env = Map.of(
                "LATCHKEY_KEY_ID",
                key.key().id(),
                "LATCHKEY_KEY_SECRET",
                key.secret().reveal(),
                "TOKEN",
                bearer);
        return Processes.run(folder, env, List.of("bash", "-c", local(block)));
    }

    private static String local(String block) {
        assertThat(block).contains(ISSUER);
        return block.replace(ISSUER, service.issuer());
    }

    private static String jarOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static Class<?> compiled(String name, String source) throws Exception {
        Path place = Files.createDirectories(folder.resolve(name));
        Path file = Files.writeString(place.resolve(name + ".java"), source);
        var messages = new ByteArrayOutputStream();
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        messages,
                        messages,
                        "-proc:none",
                        "-cp",
                        LIBRARIES.stream().map(ResourceServersTest::jarOf).collect(joining(File.pathSeparator)),
                        "-d",
                        place.toString(),
                        file.toString());
        assertThat(failed).as(messages.toString(StandardCharsets.UTF_8)).isZero();
        URLClassLoader loader = new URLClassLoader(
                new URL[] {place.toUri().toURL()}, Thread.currentThread().getContextClassLoader());
        return loader.loadClass(name);
    }
}
