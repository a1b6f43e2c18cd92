package dev.latchkey.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.Invocation;
import dev.latchkey.cli.output.Table;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.json.JsonBinding;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The commands that control a running stand-in ({@code serve --dev}): each sends its options as fields of one call. */
final class DevCommands {
    private static final int NARROWEST = 12;

    private DevCommands() {}

    /** {@code dev token}: a token made to order. */
    static Command token() {
        return Command.of(
                syntax -> {
                    syntax.value("--key-id", "ID", "The key whose token it is (default that of the stand-in).")
                            .value("--as", "WHO", "A persona of the seed, github or kubernetes.")
                            .value("--sub", "SUBJECT", "Whom it is about.")
                            .value("--scope", "SCOPES", "Scopes, separated by spaces.")
                            .values(List.of("--aud"), "AUDIENCE", "Whom it is for; may be given several times.")
                            .value("--iss", "URL", "Who has issued it.")
                            .value("--expires-in", "DURATION", "How long it lives, such as 90s.")
                            .value("--claims", "JSON", "Claims to add, as an object.")
                            .value("--header", "JSON", "Members of the header to add, as an object.")
                            .values(List.of("--omit"), "CLAIM", "A claim to leave out; may be given several times.")
                            .values(
                                    List.of("--break"),
                                    "NAME",
                                    "What is to be wrong with it, such as expired; may be given several times.");
                    DevCall.declare(syntax).example("latchkey dev token --sub alice --scope fx --break expired");
                },
                run -> {
                    DevCall call = new DevCall(run)
                            .texts("--key-id", "--as", "--sub", "--scope", "--iss", "--expires-in")
                            .several("--aud")
                            .several("--break")
                            .values("--claims", "--header");
                    if (run.has("--omit")) {
                        call.with("omit", JsonBinding.tree(run.values("--omit")));
                    }
                    ObjectNode made = call.send("POST", "/dev/tokens");
                    return run.print(() -> made, made.path("access_token").asText());
                });
    }

    /** {@code dev clock}: what time it is for a stand-in. */
    static Command clock() {
        return Command.of(
                syntax -> {
                    syntax.value("--advance", "DURATION", "Move it on, such as 61m.")
                            .value("--now", "TIME", "Set it to a time as RFC 3339 has it.")
                            .flag("--freeze", "Stop it.")
                            .flag("--run", "Let it run again.")
                            .value("--skew", "DURATION", "Add this to the times in tokens; -90s takes it away.")
                            .flag("--real", "Back to real time.");
                    DevCall.declare(syntax).example("latchkey dev clock --advance 61m");
                },
                DevCommands::clock);
    }

    private static int clock(Invocation run) {
        DevCall call = new DevCall(run).texts("--advance", "--now", "--skew");
        if (run.has("--freeze") || run.has("--run")) {
            call.with("freeze", JsonBinding.tree(run.has("--freeze")));
        }
        boolean real = run.has("--real");
        if (real && !call.isEmpty()) {
            throw ExitCodes.usage("--real cannot stand beside another change of the clock");
        }
        ObjectNode shown =
                call.isEmpty() ? call.ask(real ? "DELETE" : "GET", "/dev/clock") : call.send("PUT", "/dev/clock");
        String state = shown.path("frozen").asBoolean() ? "frozen" : "runs";
        return run.print(
                () -> shown,
                shown.path("now").asText() + "  " + state + ", skew in tokens "
                        + shown.path("skew").asText());
    }

    /** {@code dev faults}: how the next requests to a stand-in are to fail or wait. */
    static Command faults() {
        return Command.of(
                syntax -> {
                    syntax.value(
                                    "--on",
                                    "KIND",
                                    "token, jwks, metadata, introspection, revocation, verify or any (default token).")
                            .value("--times", "N", "How many requests it hits, or always (default 1).")
                            .value("--after", "N", "How many matching requests are let through first.")
                            .value("--status", "STATUS", "Answer with this status.")
                            .value("--error", "CODE", "The error code of that answer.")
                            .value("--retry-after", "SECONDS", "The Retry-After of that answer.")
                            .value("--delay", "DURATION", "Wait so long first, such as 3s.")
                            .value("--body", "TEXT", "The body of the answer.")
                            .value("--content-type", "TYPE", "The content type of that body.")
                            .value("--connection", "WHAT", "reset, hang, truncate or empty.")
                            .value("--key-id", "ID", "Only requests that name this key.")
                            .flag("--clear", "Forget the faults that are left.");
                    DevCall.declare(syntax).example("latchkey dev faults --on jwks --status 503 --times 2");
                },
                DevCommands::faults);
    }

    private static int faults(Invocation run) {
        DevCall call = new DevCall(run)
                .texts("--on", "--error", "--delay", "--body", "--content-type", "--connection", "--key-id")
                .values("--times", "--after", "--status", "--retry-after");
        if (run.has("--clear")) {
            if (!call.isEmpty()) {
                throw ExitCodes.usage("--clear cannot stand beside a new fault");
            }
            return call.clear("/dev/faults", "There are no faults any more.");
        }
        if (!call.isEmpty()) {
            ObjectNode queued = call.send("POST", "/dev/faults");
            return run.print(() -> queued, inWords(queued));
        }
        ObjectNode left = call.ask("GET", "/dev/faults");
        String lines = StreamSupport.stream(left.path("data").spliterator(), false)
                .map(DevCommands::inWords)
                .collect(Collectors.joining("; "));
        return run.print(() -> left, lines.isEmpty() ? "No fault is left." : lines);
    }

    private static String inWords(JsonNode fault) {
        return fault.properties().stream()
                .filter(field -> !field.getValue().isNull())
                .map(field -> field.getKey() + " " + field.getValue().asText())
                .collect(Collectors.joining(", "));
    }

    /** {@code dev requests}: what a stand-in was asked. */
    static Command requests() {
        return Command.of(
                syntax -> {
                    syntax.value("--on", "KIND", "token, jwks, metadata, introspection, revocation or verify.")
                            .value("--key-id", "ID", "Only those that name this key.")
                            .value("--since", "TIME", "Only those from this time on.")
                            .value("--at-least", "N", "Wait until there are so many.")
                            .value("--wait", "DURATION", "How long to wait at most, up to 60s.")
                            .flag("--clear", "Forget all requests.");
                    DevCall.declare(syntax).example("latchkey dev requests --on token --at-least 2 --wait 5s");
                },
                DevCommands::requests);
    }

    private static int requests(Invocation run) {
        DevCall call = new DevCall(run);
        if (run.has("--clear")) {
            return call.clear("/dev/requests", "The requests are forgotten.");
        }
        String query = Stream.of("--on", "--key-id", "--since", "--at-least", "--wait")
                .filter(run::has)
                .map(option -> DevCall.field(option) + "="
                        + Token.encode(run.value(option).orElseThrow()))
                .collect(Collectors.joining("&"));
        ObjectNode found = call.ask("GET", "/dev/requests" + (query.isEmpty() ? "" : "?" + query));
        if (run.isJson()) {
            return run.printJson(found);
        }
        new Table<JsonNode>()
                .column("AT", request -> request.path("at").asText())
                .column("ON", request -> request.path("on").asText())
                .column("STATUS", request -> text(request, "status"))
                .column("KEY", NARROWEST, request -> text(request, "key_id"))
                .column("SCOPE", NARROWEST, request -> text(request, "scope"))
                .column("REASON", NARROWEST, request -> text(request, "reason"))
                .under(request -> request.path("advice").isTextual()
                        ? List.of(request.path("advice").asText())
                        : List.of())
                .print(found.path("data"), run.context());
        return ExitCodes.DONE;
    }

    private static String text(JsonNode request, String field) {
        return request.path(field).isNull() ? "-" : request.path(field).asText();
    }

    /** {@code dev signing-keys}: drills with the keys that sign the tokens of a stand-in. */
    static Command signingKeys() {
        return Command.of(
                syntax -> DevCall.declare(syntax.words("rotate|sign_unpublished|unpublish_retired|restore", 1, 1))
                        .example("latchkey dev signing-keys rotate"),
                run -> {
                    ObjectNode shown = new DevCall(run)
                            .with("do", JsonBinding.tree(run.word().replace('-', '_')))
                            .send("POST", "/dev/signing-keys");
                    return run.print(
                            () -> shown,
                            shown.path("signing").asText() + " signs; the JWK Set has "
                                    + shown.path("published").size() + " keys");
                });
    }

    /** {@code dev reset}: a stand-in as it was at its start. */
    static Command reset() {
        return Command.of(syntax -> DevCall.declare(syntax).example("latchkey dev reset"), run -> {
            ObjectNode answer = new DevCall(run).ask("POST", "/dev/reset");
            return run.print(() -> answer, "The stand-in is as it was at its start.");
        });
    }
}
