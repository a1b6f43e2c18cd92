package dev.latchkey.cli.command.issuers;

import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.StoreAccess;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.file.InputFile;
import dev.latchkey.cli.output.Fields;
import dev.latchkey.cli.output.JsonOutput;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.client.WorkloadTokens;
import dev.latchkey.client.WorkloadTokens.Finding;
import dev.latchkey.issuer.KeysPendingException;
import dev.latchkey.issuer.TrustedIssuer;
import dev.latchkey.server.Services;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code issuers test}: says rule by rule what of a token fits, and spends nothing. */
public final class IssuersTest implements Command {
    private static final int LARGEST_TOKEN = 16_384;

    @Override
    public void declare(Syntax syntax) {
        syntax.words("NAME TOKEN", 2, 2).store().json().example("latchkey issuers test github - < token.jwt");
    }

    @Override
    public int run(Arguments arguments, CliContext context) {
        String word = arguments.words().get(1);
        String token = word.equals("-")
                ? new String(InputFile.read(word, LARGEST_TOKEN, context), StandardCharsets.UTF_8).strip()
                : word;
        List<Finding> findings;
        try (Services services = StoreAccess.open(arguments, context)) {
            TrustedIssuer issuer = services.issuers()
                    .get(StoreAccess.operator(), arguments.words().get(0));
            // Only a service that was started has an issuer, which is the audience where the trusted one has none.
            String audience = services.issuerLastServed().orElse("the issuer of this service, once it was started");
            findings = examine(services.workloads(audience), token, issuer, context);
        }
        boolean fits = findings.stream().allMatch(finding -> finding.problem().isEmpty());
        if (arguments.has(Syntax.JSON)) {
            JsonOutput.print(context.out(), json(fits, findings));
        } else {
            Fields fields = new Fields();
            findings.forEach(
                    finding -> fields.add(finding.rule(), finding.problem().orElse("fits")));
            context.out().print(fields.text());
        }
        return fits ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    /** Waits for the JWK Set as often as it is fetched: once, and once more for an unknown kid. */
    private static List<Finding> examine(
            WorkloadTokens tokens, String token, TrustedIssuer issuer, CliContext context) {
        while (true) {
            try {
                return tokens.examine(token, issuer, context.clock().instant());
            } catch (KeysPendingException e) {
                e.arrival().join();
            }
        }
    }

    private static Map<String, Object> json(boolean fits, List<Finding> findings) {
        Map<String, Object> rules = new LinkedHashMap<>();
        findings.forEach(finding -> rules.put(finding.rule(), finding.problem().orElse("fits")));
        return Map.of("fits", fits, "rules", rules);
    }
}
