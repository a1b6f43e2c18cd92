package dev.latchkey.testing;

import dev.latchkey.Latchkey;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.test.context.DynamicPropertyRegistry;

/**
 * Runs a stand-in for an identity provider beside JUnit tests: the real service, with its clock, faults and tokens in the
 * test's hand.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final LatchkeyExtension latchkey = LatchkeyExtension.builder().key("orders", "fx gateway").build();
 * }</pre>
 *
 * <p>A static field is one server a class, which {@code @Nested} classes share; an instance field is one a test; {@link
 * #shared()} is one for the whole run. {@link #reset()} runs before each test, before its {@code @BeforeEach} methods,
 * unless the server is shared or the test is concurrent ({@code ExecutionMode.CONCURRENT}): what such tests set is seen by
 * all. A parameter of type {@link Latchkey} or {@code LatchkeyExtension} is the same server.
 *
 * <p>The server keeps everything in memory, listens on a free loopback port, prints nothing, and has neither web pages nor
 * users unless they are asked for. Beside the keys of the builder it has the key {@code dev} with the secret {@code
 * dev-secret}, which may have every scope.
 *
 * <p>Its methods need the server to run and throw {@link IllegalStateException} before and after; what is asked of the
 * service itself fails with {@link dev.latchkey.LatchkeyException}, and a bad value with {@link IllegalArgumentException}.
 * Thread-safe.
 */
public final class LatchkeyExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {
    private final Lifecycle lifecycle;
    private final ServerSettings settings;

    /** One without keys of its own, for {@code @ExtendWith}. */
    public LatchkeyExtension() {
        this(ServerSettings.STANDARD, false);
    }

    LatchkeyExtension(ServerSettings settings, boolean shared) {
        this.settings = settings;
        this.lifecycle = new Lifecycle(settings, shared);
    }

    /** What to run; nothing need be set. */
    public static Builder builder() {
        return new ExtensionBuilder();
    }

    /**
     * The one server of the whole run, without keys of its own, which stops when the run ends. It is never reset by itself.
     */
    public static LatchkeyExtension shared() {
        return new LatchkeyExtension(ServerSettings.STANDARD, true);
    }

    /** Where it listens, such as {@code http://localhost:41234}. */
    public URI url() {
        return latchkey().url();
    }

    /** The {@code iss} of its tokens. */
    public URI issuer() {
        return latchkey().issuer();
    }

    /** Where its JWK Set is. */
    public URI jwksUri() {
        return latchkey().jwksUri();
    }

    /** Where clients ask for tokens. */
    public URI tokenEndpoint() {
        return latchkey().tokenEndpoint();
    }

    /** The access keys; what is changed here is undone by {@link #reset()}. */
    public Latchkey.Keys keys() {
        return latchkey().keys();
    }

    /** The catalogue of scopes; what is changed here is undone by {@link #reset()}. */
    public Latchkey.Scopes scopes() {
        return latchkey().scopes();
    }

    /** A token for an access key, as {@link Latchkey#tokenFor}. */
    public String tokenFor(String keyId, String... scopes) {
        return latchkey().tokenFor(keyId, scopes);
    }

    /** The OAuth 2.0 client id of the builder's first key; {@code dev} where there is none. Needs no running server. */
    public String clientId() {
        return settings.firstKey();
    }

    /** That key's secret. Needs no running server. */
    public String clientSecret() {
        return settings.secret(clientId());
    }

    /** The client id of the builder's key of this name, which is its name. Needs no running server. */
    public String clientId(String name) {
        settings.secret(name);
        return name;
    }

    /** The secret of the builder's key of this name. Needs no running server. */
    public String clientSecret(String name) {
        return settings.secret(name);
    }

    /** A token for the first key, as the token endpoint would issue it; without scopes: all that the key has. */
    public String token(String... scopes) {
        return tokenFor(clientId(), scopes);
    }

    /** A token to order: {@code token(t -> t.subject("bob").broken(Break.EXPIRED))}. Nothing need be ordered. */
    public String token(Consumer<TokenOrder> order) {
        return lifecycle.server().token(order);
    }

    /** A token of the first key about one of the builder's personas. */
    public String tokenForPersona(String sub) {
        return token(order -> order.as(sub));
    }

    /** The clock of the whole service. */
    public TestClock clock() {
        return lifecycle.server().clock();
    }

    /** How the next requests fail or wait. */
    public Faults faults() {
        return lifecycle.server().faults();
    }

    /** What the service was asked so far, at all of its endpoints for clients. */
    public Requests requests() {
        return lifecycle.server().requests();
    }

    /** The next signing key signs from now on; the one before stays in the JWK Set until its tokens have expired. */
    public void rotateSigningKey() {
        lifecycle.server().rotateSigningKey();
    }

    /**
     * Clock, faults, requests, keys, scopes and revocations back to the start, and so is the signing of keys; which keys
     * sign and users stay.
     */
    public void reset() {
        lifecycle.server().reset();
    }

    /**
     * Tells Spring where the server is, from a {@code @DynamicPropertySource} method: {@code issuer-uri} and {@code
     * jwk-set-uri} of the resource server, and the client registration and provider {@code latchkey} for the first key.
     * The values are read when Spring asks for them, so the server must run by then. Spring keeps an application context
     * for other classes: share a base class with {@link #shared()} alone, whose address does not change.
     */
    public void register(DynamicPropertyRegistry registry) {
        String resourceServer = "spring.security.oauth2.resourceserver.jwt.";
        registry.add(resourceServer + "issuer-uri", () -> issuer().toString());
        registry.add(resourceServer + "jwk-set-uri", () -> jwksUri().toString());
        String registration = "spring.security.oauth2.client.registration.latchkey.";
        registry.add(registration + "provider", () -> "latchkey");
        registry.add(registration + "client-id", this::clientId);
        registry.add(registration + "client-secret", this::clientSecret);
        registry.add(registration + "client-authentication-method", () -> "client_secret_basic");
        registry.add(registration + "authorization-grant-type", () -> "client_credentials");
        String provider = "spring.security.oauth2.client.provider.latchkey.";
        registry.add(provider + "token-uri", () -> tokenEndpoint().toString());
        registry.add(provider + "jwk-set-uri", () -> jwksUri().toString());
    }

    private Latchkey latchkey() {
        return lifecycle.server().latchkey();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        lifecycle.hold(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        lifecycle.begin(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        lifecycle.release(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        lifecycle.release(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Latchkey.class || type == LatchkeyExtension.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Latchkey.class ? latchkey() : this;
    }

    @Override
    public String toString() {
        return "LatchkeyExtension[" + lifecycle + "]";
    }

    /** What to run. Not thread-safe. */
    public interface Builder {
        /**
         * An access key with this id and name and a generated secret, for these scopes, which may also stand in one text
         * with spaces between; they are added to the catalogue.
         *
         * @throws IllegalArgumentException when there is a key of this name, or it cannot be an id: 3 to 64 of {@code
         *     A-Za-z0-9._-}
         */
        Builder key(String name, String... scopes);

        /** A person whom tokens can be about, and what they say; values as JSON has them. */
        Builder persona(String sub, Map<String, ?> claims);

        /** Adds the paths, issuers and claims of these providers: {@code latchkey help profiles} lists them. */
        Builder profile(String... names);

        /** A JSON file of scopes, keys and personas to start with, beside those of the builder. */
        Builder seed(Path file);

        /** The same as JSON text. */
        Builder seed(String json);

        /** The address to listen on; both loopbacks where nothing is said. */
        Builder host(String host);

        /** The port to listen on; a free one where nothing is said. */
        Builder port(int port);

        /** The {@code iss} of tokens; by default {@code http://localhost:} and the port. */
        Builder issuer(String issuer);

        /** The {@code aud} of tokens where a key has none; by default the issuer. */
        Builder audience(String audience);

        /** How long tokens live: whole seconds, 1 s to 24 h; by default an hour. */
        Builder tokenLifetime(Duration lifetime);

        /** The {@code typ} of tokens: {@code at+jwt} (the default, RFC 9068) or {@code JWT}, for verifiers as Spring's. */
        Builder tokenTyp(String typ);

        /** What {@link TestClock} runs by until it is set; by default the system's clock. */
        Builder clock(Clock clock);

        /** Whether there are the web pages and {@code /api}; false where nothing is said. */
        Builder dashboard(boolean there);

        /** Makes an Owner named {@code owner} with this password; without it there is no user. */
        Builder ownerPassword(String password);

        /** The extension; fails as {@link #seed(String)} does when a file or text is no JSON object. */
        LatchkeyExtension build();
    }

    /** A token to order; what is not said is as the key's tokens are. Of use only while it is handed out. */
    public interface TokenOrder {
        /** Of this key instead of the first. */
        TokenOrder key(String keyId);

        /** About a persona; or of {@code github} or {@code kubernetes}, as such a workload has them. */
        TokenOrder as(String persona);

        /** With this {@code sub}. */
        TokenOrder subject(String subject);

        /** With these scopes, whether the key has them or not. */
        TokenOrder scopes(String... scopes);

        /** With this {@code aud}. */
        TokenOrder audience(String... audience);

        /** With this {@code iss}. */
        TokenOrder issuer(String issuer);

        /** Expires so long after it is issued; ten years at most; a negative one has expired already. */
        TokenOrder expiresIn(Duration lifetime);

        /** With this claim, registered ones too; an {@link Instant} becomes a NumericDate, other values are as in JSON. */
        TokenOrder claim(String name, Object value);

        /** With this member of its header. */
        TokenOrder header(String name, Object value);

        /** Without these claims. */
        TokenOrder without(String... claims);

        /** Wrong in these ways. */
        TokenOrder broken(Break... ways);
    }

    /**
     * The one clock of the service: of tokens, keys and rotations. A program with a clock of its own does not follow it: an
     * expired token for such a verifier is issued in the past, by {@link #skew} or {@link Break#EXPIRED}.
     */
    public interface TestClock {
        /** What it shows. */
        Instant now();

        /** Lets so much time pass; not negative. */
        void advance(Duration time);

        /** Shows this moment, 1970 to 9998, and runs on from there. */
        void set(Instant moment);

        /** Stands still at what it shows; {@link #advance} and {@link #set} still move it. */
        void freeze();

        /** Adds this to the times in tokens alone; 36500 days at most, negative for the past. */
        void skew(Duration skew);

        /** Back to real time, running, without skew. */
        void reset();
    }

    /** How the next requests fail or wait. */
    public interface Faults {
        /** The next requests that match, after those of earlier faults. */
        void next(Fault fault);

        /** Drops what is left of all faults, and ends the connections that hang. */
        void clear();
    }

    /** What the service was asked, oldest first; the last 10,000 requests. */
    public interface Requests {
        /** Those to endpoints of this kind. */
        Requests on(Endpoint endpoint);

        /** Those that named this access key, whether it was right or not. */
        Requests from(String keyId);

        /** Those that there are now. */
        List<Request> all();

        /** How many there are now. */
        int count();

        /**
         * Waits in real time until there are so many, and answers all that there are then.
         *
         * @throws AssertionError when there are fewer after {@code most}, with those that there are
         */
        List<Request> await(int atLeast, Duration most);
    }

    /**
     * A request. Holds no secret, assertion or token.
     *
     * @param at when it came, by {@link TestClock}
     * @param status of the answer; empty = none was given
     * @param keyId the access key that it named
     * @param scope the scope that it asked for, with spaces between several
     * @param reason why it was refused
     * @param advice what the client did wrong, where that is known
     */
    public record Request(
            Instant at,
            Endpoint on,
            String method,
            String path,
            OptionalInt status,
            Optional<String> keyId,
            Optional<String> scope,
            Optional<String> reason,
            Optional<String> advice) {}
}
