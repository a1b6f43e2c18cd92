package dev.latchkey.cli.command;

import dev.latchkey.accesskey.AccessKeyIds;
import dev.latchkey.accesskey.AccessKeySecret;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.Invocation;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.http.ServerTrust;
import dev.latchkey.cli.http.ServiceUrl;
import dev.latchkey.cli.http.WebCall;
import dev.latchkey.cli.output.Fields;
import dev.latchkey.cli.output.Times;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.jose.TokenInspection;
import dev.latchkey.jose.TokenInspector;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.server.Services;
import java.io.IOException;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** {@code inspect}: what a token says and whether to believe it; for a secret, whether it is typed right. */
final class Inspect implements Command {
    private static final String JWKS_URL = "--jwks-url";

    /** Keys, or why there are none. */
    private record Source(TokenInspector inspector, Optional<ServiceException> failure) {}

    private record SecretJson(
            boolean secretWellFormed, @Nullable String reason) {}

    private record TokenJson(
            @Nullable Map<String, Object> header,
            @Nullable Map<String, Object> claims,
            boolean verified,
            @Nullable String reason) {}

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
    public int execute(Invocation run) throws IOException {
        String typed = run.word();
        String text = typed.equals("-") ? run.context().line().strip() : typed.strip();
        if (text.isEmpty()) {
            throw ExitCodes.usage("there is no token to inspect");
        }
        if (text.startsWith(AccessKeyIds.PREFIX)) {
            throw ExitCodes.usage("that is the id of an access key, not a token; latchkey keys show ID tells about it");
        }
        return text.startsWith(AccessKeySecret.PREFIX) ? secret(text, run) : token(text, run);
    }

    private static int secret(String secret, Invocation run) {
        Optional<String> flaw = AccessKeySecret.flaw(secret);
        run.print(
                () -> new SecretJson(flaw.isEmpty(), flaw.orElse(null)),
                flaw.map(what -> "The secret " + what + "."
                                + " Copy it again; if it is lost, latchkey keys rotate ID makes a new one.")
                        .orElse("The secret is well-formed: its checksum is right. Whether a key has it, only the"
                                + " service can tell."));
        return flaw.isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private static int token(String token, Invocation run) {
        Source source = source(run);
        TokenInspection inspection =
                source.inspector().inspect(token, run.value("--audience").orElse(null));
        if (!inspection.isDecoded() && !run.isJson()) {
            throw ServiceException.of(ErrorKind.UNAUTHENTICATED, "the token " + inspection.reason());
        }
        Instant now = run.now();
        if (run.isJson()) {
            run.printJson(new TokenJson(
                    inspection.header(), inspection.claims(), inspection.isVerified(), inspection.reason()));
        } else {
            print("Header", inspection.header(), name -> "", run.context().out());
            print(
                    "Claims",
                    inspection.claims(),
                    name -> time(name, inspection, now),
                    run.context().out());
        }
        if (source.failure().isPresent()) {
            throw source.failure().get();
        }
        if (!run.isJson()) {
            run.print(verdict(inspection, now));
        }
        return inspection.isVerified() ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private static Source source(Invocation run) {
        Optional<URI> url = run.value(JWKS_URL).map(text -> ServiceUrl.parse(JWKS_URL, text));
        try {
            TokenInspector inspector = url.isPresent()
                    ? TokenInspector.ofJwkSet(
                            jwkSet(url.get(), ServerTrust.of(run)),
                            run.context().clock())
                    : fromStore(run);
            return new Source(inspector, Optional.empty());
        } catch (ServiceException e) {
            // The token is decoded all the same.
            String reason = "cannot be verified: " + e.getMessage();
            return new Source(TokenInspector.withoutKeys(reason, run.context().clock()), Optional.of(e));
        }
    }

    private static TokenInspector fromStore(Invocation run) {
        try (Services services = run.store()) {
            return TokenInspector.of(services.publishedKeys(), run.context().clock());
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

    /** @param part the header or the claims; null = they could not be decoded */
    private static void print(
            String title, @Nullable Map<String, Object> part, UnaryOperator<String> remark, PrintStream out) {
        if (part != null) {
            Fields fields = new Fields();
            part.forEach((name, value) -> fields.add(
                    "  " + name, (value instanceof String text ? text : JsonBinding.text(value)) + remark.apply(name)));
            out.println(title);
            out.print(fields.text());
            out.println();
        }
    }

    private static String time(String claim, TokenInspection inspection, Instant now) {
        return switch (claim) {
            case "exp" -> readable(inspection.time(claim), now, "expires", "expired");
            case "nbf" -> readable(inspection.time(claim), now, "valid", "valid since");
            case "iat", "auth_time" -> readable(inspection.time(claim), now, "", "");
            default -> "";
        };
    }

    private static String readable(Optional<Instant> time, Instant now, String ahead, String past) {
        return time.map(instant -> {
                    String words = instant.isAfter(now) ? ahead : past;
                    return " (" + instant + ", " + (words + " " + Times.relative(instant, now)).strip() + ")";
                })
                .orElse("");
    }

    private static String verdict(TokenInspection inspection, Instant now) {
        if (!inspection.isVerified()) {
            return "Not verified: the token " + inspection.reason() + ".";
        }
        return "Verified: the signature is good"
                + inspection
                        .time("exp")
                        .map(exp -> ", and the token expires " + Times.relative(exp, now))
                        .orElse("")
                + ".";
    }
}
