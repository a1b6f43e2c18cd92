package dev.latchkey.cli.command.dev;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** {@code dev faults}: how the next requests to a stand-in are to fail or wait. */
public final class DevFaults implements Command {
    @Override
    public void declare(Syntax syntax) {
        syntax.value("--on", "KIND", "token, jwks, metadata, introspection, revocation, verify or any (default token).")
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
    }

    @Override
    public int run(Arguments arguments, CliContext context) {
        DevCall call = new DevCall(arguments, context)
                .texts("--on", "--error", "--delay", "--body", "--content-type", "--connection", "--key-id")
                .values("--times", "--after", "--status", "--retry-after");
        if (arguments.has("--clear")) {
            if (!call.isEmpty()) {
                throw ExitCodes.usage("--clear cannot stand beside a new fault");
            }
            return call.print(call.send("DELETE", "/dev/faults", ""), "There are no faults any more.");
        }
        if (!call.isEmpty()) {
            ObjectNode queued = call.send("POST", "/dev/faults");
            return call.print(queued, inWords(queued));
        }
        ObjectNode left = call.send("GET", "/dev/faults", "");
        String lines = StreamSupport.stream(left.path("data").spliterator(), false)
                .map(fault -> inWords((ObjectNode) fault))
                .collect(Collectors.joining("; "));
        return call.print(left, lines.isEmpty() ? "No fault is left." : lines);
    }

    private static String inWords(ObjectNode fault) {
        return fault.properties().stream()
                .filter(field -> !field.getValue().isNull())
                .map(field -> field.getKey() + " " + field.getValue().asText())
                .collect(Collectors.joining(", "));
    }
}
