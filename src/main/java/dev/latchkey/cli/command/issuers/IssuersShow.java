package dev.latchkey.cli.command.issuers;

import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.StoreAccess;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.output.Fields;
import dev.latchkey.cli.output.JsonOutput;
import dev.latchkey.cli.output.Times;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.issuer.JwksFetch;
import dev.latchkey.issuer.TrustedIssuer;
import dev.latchkey.issuer.TrustedIssuerJson;
import dev.latchkey.server.Services;
import java.time.Instant;
import java.util.Objects;

/** {@code issuers show}: an issuer, its rules, and when its JWK Set was fetched. */
public final class IssuersShow implements Command {
    @Override
    public void declare(Syntax syntax) {
        syntax.words("NAME", 1, 1).store().json().example("latchkey issuers show github");
    }

    @Override
    public int run(Arguments arguments, CliContext context) {
        try (Services services = StoreAccess.open(arguments, context)) {
            TrustedIssuer issuer = services.issuers().get(StoreAccess.operator(), arguments.word());
            JwksFetch fetch = services.issuers().fetch(StoreAccess.operator(), issuer);
            if (arguments.has(Syntax.JSON)) {
                JsonOutput.print(context.out(), TrustedIssuerJson.of(issuer, fetch));
            } else {
                context.out().print(text(issuer, fetch, context.clock().instant()));
            }
        }
        return ExitCodes.DONE;
    }

    private static String text(TrustedIssuer issuer, JwksFetch fetch, Instant now) {
        Fields fields = new Fields()
                .add("name", issuer.name())
                .add("issuer", issuer.issuer())
                .add("audience", Objects.requireNonNullElse(issuer.audience(), "the service's issuer"))
                .add("max age", issuer.maxAge().toSeconds() + "s")
                .add("single use", issuer.singleUse() ? "yes" : "no")
                .add("private CA", issuer.ca() == null ? "no" : "yes")
                .add("added", issuer.createdAt() + " by " + issuer.createdBy());
        String jwks = issuer.jwks();
        if (jwks != null) {
            return fields.add("JWK Set", jwks).text();
        }
        fields.add("JWK Set", Objects.requireNonNullElse(issuer.jwksUri(), "where the issuer's metadata says"));
        Instant fetched = fetch.fetchedAt();
        fields.add("fetched", fetched == null ? "never" : Times.relative(fetched, now));
        fetch.keys().forEach(key -> fields.add("key", key));
        Instant failed = fetch.failedAt();
        if (failed != null) {
            fields.add("last error", Times.relative(failed, now) + ": " + fetch.failure());
        }
        return fields.text();
    }
}
