package dev.latchkey.cli.command;

import dev.latchkey.accesskey.AccessKeyIds;
import dev.latchkey.accesskey.AccessKeySecret;
import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.StoreAccess;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.http.ServerTrust;
import dev.latchkey.cli.http.ServiceUrl;
import dev.latchkey.cli.http.WebCall;
import dev.latchkey.cli.output.JsonOutput;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.jose.TokenInspection;
import dev.latchkey.jose.TokenInspector;
import dev.latchkey.server.Services;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code inspect}: what a token says and whether to believe it; for a secret, whether it is typed right. */
final class Inspect implements Command {
    private static final String JWKS_URL = "--jwks-url";

    /** Keys, or why there are none. */
    private record Source(TokenInspector inspector, Optional<ServiceException> failure) {}

    @Override
    public void declare(Syntax syntax) {
        ServerTrust.declare(syntax)
                .words("TOKEN", 1, 1)
                .value(JWKS_URL, "URL", "Verify against the JWK Set there, instead of the store's keys.")
                .value("--audience", "AUDIENCE", "Whom the token must be for.")
                .store()
                .json()
                .example("latchkey inspect eyJ…")
                .example("latchkey token --key-id ack_… < secret.txt | latchkey inspect -");
    }

    @Override
    public int run(Arguments arguments, CliContext context) throws IOException {
        String typed = arguments.word();
        String text = typed.equals("-") ? context.line().strip() : typed.strip();
        if (text.isEmpty()) {
            throw ExitCodes.usage("there is no token to inspect");
        }
        if (text.startsWith(AccessKeySecret.PREFIX)) {
            return secret(text, arguments, context);
        }
        if (text.startsWith(AccessKeyIds.PREFIX)) {
            throw ExitCodes.usage("that is the id of an access key, not a token; latchkey keys show ID tells about it");
        }
        return token(text, arguments, context);
    }

    private record SecretInspection(
            boolean secretWellFormed, @Nullable String reason) {}

    private static int secret(String secret, Arguments arguments, CliContext context) {
        Optional<String> flaw = AccessKeySecret.flaw(secret);
        if (arguments.has(Syntax.JSON)) {
            JsonOutput.print(context.out(), new SecretInspection(flaw.isEmpty(), flaw.orElse(null)));
        } else {
            context.out()
                    .println(flaw.map(what -> "The secret " + what + "."
                                    + " Copy it again; if it is lost, latchkey keys rotate ID makes a new one.")
                            .orElse("The secret is well-formed: its checksum is right. Whether a key has it, only the"
                                    + " service can tell."));
        }
        return flaw.isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private static int token(String token, Arguments arguments, CliContext context) {
        Source source = source(arguments, context);
        String audience = arguments.value("--audience").orElse(null);
        TokenInspection inspection = source.inspector().inspect(token, audience);
        boolean json = arguments.has(Syntax.JSON);
        if (!inspection.isDecoded() && !json) {
            throw ServiceException.of(ErrorKind.UNAUTHENTICATED, "the token " + inspection.reason());
        }
        if (json) {
            InspectionReport.json(inspection, context.out());
        } else {
            InspectionReport.parts(inspection, context);
        }
        if (source.failure().isPresent()) {
            throw source.failure().get();
        }
        if (!json) {
            InspectionReport.verdict(inspection, context);
        }
        return inspection.isVerified() ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private static Source source(Arguments arguments, CliContext context) {
        Optional<URI> url = arguments.value(JWKS_URL).map(text -> ServiceUrl.parse(JWKS_URL, text));
        try {
            TokenInspector inspector = url.isPresent()
                    ? TokenInspector.ofJwkSet(jwkSet(url.get(), ServerTrust.of(arguments)), context.clock())
                    : fromStore(arguments, context);
            return new Source(inspector, Optional.empty());
        } catch (ServiceException e) {
            // The token is decoded all the same.
            String reason = "cannot be verified: " + e.getMessage();
            return new Source(TokenInspector.withoutKeys(reason, context.clock()), Optional.of(e));
        }
    }

    private static TokenInspector fromStore(Arguments arguments, CliContext context) {
        try (Services services = StoreAccess.open(arguments, context)) {
            return TokenInspector.of(services.publishedKeys(), context.clock());
        }
    }

    private static String jwkSet(URI url, ServerTrust trust) {
        WebCall.Answer answer = WebCall.get(url, trust);
        if (answer.status() != HttpURLConnection.HTTP_OK) {
            throw ServiceException.of(
                    ErrorKind.UNAVAILABLE,
                    url + " answered " + answer.status() + " and not with a key set; check " + JWKS_URL);
        }
        return answer.body();
    }
}
