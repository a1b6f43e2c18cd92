package dev.latchkey.cli.command.issuers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.OptionErrors;
import dev.latchkey.cli.StoreAccess;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.file.InputFile;
import dev.latchkey.cli.output.JsonOutput;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.config.Durations;
import dev.latchkey.error.ServiceException;
import dev.latchkey.issuer.TrustedIssuer;
import dev.latchkey.issuer.TrustedIssuerJson;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.server.Services;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** {@code issuers add}: an issuer whose tokens keys may trust from now on. */
public final class IssuersAdd implements Command {
    private static final String ISSUER = "--issuer";
    private static final String JWKS_URI = "--jwks-uri";
    private static final String JWKS = "--jwks";
    private static final String AUDIENCE = "--audience";
    private static final String MAX_AGE = "--max-age";
    private static final String SINGLE_USE = "--single-use";
    private static final String CA_FILE = "--ca-file";
    private static final int LARGEST_FILE = 65_536;

    @Override
    public void declare(Syntax syntax) {
        syntax.words("NAME", 1, 1)
                .value(ISSUER, "URL", "The iss of its tokens, exactly.")
                .value(JWKS_URI, "URL", "Where its JWK Set is, if not where its metadata says.")
                .value(JWKS, "FILE", "The JWK Set itself, where it cannot be fetched; - reads stdin.")
                .value(AUDIENCE, "AUDIENCE", "The aud of its tokens, if not this service's issuer.")
                .value(MAX_AGE, "DURATION", "How old its tokens may be (24h).")
                .flag(SINGLE_USE, "Take each token once.")
                .value(CA_FILE, "FILE", "PEM certificates that its host is trusted by.")
                .store()
                .json()
                .example("latchkey issuers add github \\")
                .example("    --issuer https://token.actions.githubusercontent.com --single-use")
                .example("latchkey issuers add cluster --issuer https://kubernetes.default.svc \\")
                .example("    --jwks jwks.json");
    }

    @Override
    public int run(Arguments arguments, CliContext context) {
        ObjectNode fields = JsonBinding.object().put("name", arguments.word());
        fields.put(
                "issuer",
                arguments
                        .value(ISSUER)
                        .orElseThrow(() -> ExitCodes.usage(ISSUER + " is missing: give the iss of its tokens")));
        arguments.value(JWKS_URI).ifPresent(uri -> fields.put("jwks_uri", uri));
        arguments.value(AUDIENCE).ifPresent(audience -> fields.put("audience", audience));
        try {
            arguments.value(JWKS).ifPresent(file -> fields.set("jwks", set(file, context)));
            arguments
                    .value(MAX_AGE)
                    .ifPresent(text ->
                            fields.put("max_age", Durations.parse(MAX_AGE, text).toSeconds()));
            arguments
                    .value(CA_FILE)
                    .ifPresent(file -> fields.put("ca", text(InputFile.read(file, LARGEST_FILE, context))));
            fields.put("single_use", arguments.has(SINGLE_USE));
            add(fields, arguments, context);
        } catch (ServiceException e) {
            throw OptionErrors.of(e, Map.of("name", "NAME", "ca", CA_FILE));
        }
        return ExitCodes.DONE;
    }

    private static void add(ObjectNode fields, Arguments arguments, CliContext context) {
        try (Services services = StoreAccess.openOrCreate(arguments, context)) {
            TrustedIssuer added = services.issuers().add(StoreAccess.operator(), fields);
            if (arguments.has(Syntax.JSON)) {
                JsonOutput.print(context.out(), TrustedIssuerJson.of(added));
            } else {
                context.out().println("Added issuer " + added.name());
            }
        }
    }

    private static ObjectNode set(String file, CliContext context) {
        try {
            return JsonBinding.readObject(InputFile.read(file, LARGEST_FILE, context));
        } catch (JsonSyntaxException e) {
            throw ServiceException.invalid(JWKS, e.getMessage() + "; give a JWK Set, {\"keys\":[…]}");
        }
    }

    private static String text(byte[] pem) {
        return new String(pem, StandardCharsets.UTF_8);
    }
}
