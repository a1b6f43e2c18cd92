package dev.latchkey;

import dev.latchkey.LatchkeyException.Reason;
import dev.latchkey.client.ClientProof;
import dev.latchkey.dev.StandInAccess;
import dev.latchkey.dev.StandInControls;
import dev.latchkey.http.HttpServices;
import dev.latchkey.permission.Actor;
import dev.latchkey.permission.Role;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.server.LatchkeyServer;
import dev.latchkey.token.issuing.TokenRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A running service, as the program around it sees it.
 *
 * <p>{@code controls} are those of a stand-in; null = the service is none.
 */
final class EmbeddedLatchkey implements Latchkey, StandInAccess {
    /** The program may do what it likes, as one who can read the store may. */
    static final Actor PROGRAM = new Actor(Actor.Kind.SYSTEM, "program", Role.OWNER, "self");

    private final LatchkeyServer server;
    private final @Nullable StandInControls controls;
    private final EmbeddedKeys keys;
    private final Scopes scopes;
    private final AtomicBoolean closed = new AtomicBoolean();

    EmbeddedLatchkey(LatchkeyServer server, @Nullable StandInControls controls) {
        this.server = server;
        this.controls = controls;
        this.keys = new EmbeddedKeys(this);
        this.scopes = new EmbeddedScopes();
    }

    @Override
    public URI url() {
        return URI.create(server.url());
    }

    @Override
    public URI issuer() {
        return URI.create(server.issuer());
    }

    @Override
    public URI jwksUri() {
        return URI.create(server.url() + "/.well-known/jwks.json");
    }

    @Override
    public URI tokenEndpoint() {
        return URI.create(server.url() + "/connect/token");
    }

    @Override
    public Keys keys() {
        return keys;
    }

    @Override
    public Scopes scopes() {
        return scopes;
    }

    @Override
    public String tokenFor(String keyId, String... wanted) {
        @Nullable String scope = wanted.length == 0 ? null : String.join(" ", wanted);
        TokenRequest request = new TokenRequest(
                new ClientProof.None("the program vouches for the client"),
                "client_credentials",
                scope,
                List.of(),
                null,
                name -> null);
        return call(services ->
                new String(services.tokens().issueTo(keyId, request).accessToken(), StandardCharsets.US_ASCII));
    }

    @Override
    public Optional<StandInControls> controls() {
        return Optional.ofNullable(controls);
    }

    /** Calls the service, unless it was closed. */
    <T> T call(Function<HttpServices, T> work) {
        if (closed.get()) {
            throw new LatchkeyException(Reason.CLOSED, "The service was closed.", null);
        }
        return Failures.translated(() -> work.apply(server.parts().http()));
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            server.close();
        }
    }

    @Override
    public String toString() {
        return "Latchkey[" + server.url() + "]";
    }

    private final class EmbeddedScopes implements Scopes {
        @Override
        public void add(String name, String description) {
            var unused = onCatalogue(catalogue -> catalogue.add(PROGRAM, List.of(name), description));
        }

        @Override
        public List<Scope> list() {
            return onCatalogue(catalogue -> catalogue.list(PROGRAM).stream()
                    .map(scope -> new Scope(scope.name(), scope.description()))
                    .toList());
        }

        @Override
        public void remove(String name) {
            var unused = onCatalogue(catalogue -> {
                catalogue.remove(PROGRAM, name);
                return true;
            });
        }

        private <T> T onCatalogue(Function<ScopeCatalogue, T> work) {
            return call(services -> work.apply(services.scopeCatalogue()));
        }
    }
}
