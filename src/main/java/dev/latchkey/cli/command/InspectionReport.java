package dev.latchkey.cli.command;

import dev.latchkey.cli.output.Fields;
import dev.latchkey.cli.output.JsonOutput;
import dev.latchkey.cli.output.Times;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.TerminalText;
import dev.latchkey.jose.TokenInspection;
import dev.latchkey.json.JsonBinding;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What {@code inspect} says about a token. */
final class InspectionReport {
    private InspectionReport() {}

    static void json(TokenInspection inspection, PrintStream out) {
        JsonOutput.print(
                out,
                new InspectionJson(
                        inspection.header(), inspection.claims(), inspection.isVerified(), inspection.reason()));
    }

    private record InspectionJson(
            @Nullable Map<String, Object> header,
            @Nullable Map<String, Object> claims,
            boolean verified,
            @Nullable String reason) {}

    /** Header and claims, as far as they could be decoded. */
    static void parts(TokenInspection inspection, CliContext context) {
        Instant now = context.clock().instant();
        print("Header", inspection.header(), inspection, now, context.out());
        print("Claims", inspection.claims(), inspection, now, context.out());
    }

    static void verdict(TokenInspection inspection, CliContext context) {
        Instant now = context.clock().instant();
        String verdict = inspection.isVerified()
                ? "Verified: the signature is good"
                        + inspection
                                .time("exp")
                                .map(exp -> ", and the token expires " + Times.relative(exp, now))
                                .orElse("")
                : "Not verified: the token " + inspection.reason();
        context.out().println(TerminalText.line(verdict + "."));
    }

    private static void print(
            String title,
            @Nullable Map<String, Object> part,
            TokenInspection inspection,
            Instant now,
            PrintStream out) {
        if (part == null) {
            return;
        }
        out.println(title);
        Fields fields = new Fields();
        part.forEach((name, value) -> {
            String text = value instanceof String string ? string : JsonBinding.text(value);
            fields.add("  " + name, text + (part.equals(inspection.claims()) ? time(name, inspection, now) : ""));
        });
        out.print(fields.text());
        out.println();
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
}
