package dev.latchkey.cli.command.dev;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.output.Table;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** {@code dev requests}: what a stand-in was asked. */
public final class DevRequests implements Command {
    private static final List<String> FILTERS = List.of("--on", "--key-id", "--since", "--at-least", "--wait");
    private static final int NARROWEST = 12;

    @Override
    public void declare(Syntax syntax) {
        syntax.value("--on", "KIND", "token, jwks, metadata, introspection, revocation or verify.")
                .value("--key-id", "ID", "Only those that name this key.")
                .value("--since", "TIME", "Only those from this time on.")
                .value("--at-least", "N", "Wait until there are so many.")
                .value("--wait", "DURATION", "How long to wait at most, up to 60s.")
                .flag("--clear", "Forget all requests.");
        DevCall.declare(syntax).example("latchkey dev requests --on token --at-least 2 --wait 5s");
    }

    @Override
    public int run(Arguments arguments, CliContext context) {
        DevCall call = new DevCall(arguments, context);
        if (arguments.has("--clear")) {
            return call.print(call.send("DELETE", "/dev/requests", ""), "The requests are forgotten.");
        }
        String query = FILTERS.stream()
                .filter(arguments::has)
                .map(option -> option.substring(2).replace('-', '_') + "="
                        + URLEncoder.encode(arguments.value(option).orElse(""), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        ObjectNode found = call.send("GET", "/dev/requests", query.isEmpty() ? "" : "?" + query);
        if (arguments.has(Syntax.JSON)) {
            return call.print(found, "");
        }
        try (Table table = new Table(
                context,
                Table.Column.whole("AT"),
                Table.Column.whole("ON"),
                Table.Column.whole("STATUS"),
                new Table.Column("KEY", NARROWEST),
                new Table.Column("SCOPE", NARROWEST),
                new Table.Column("REASON", NARROWEST))) {
            for (JsonNode request : found.path("data")) {
                List<String> advice = request.path("advice").isTextual()
                        ? List.of(request.path("advice").asText())
                        : List.of();
                table.row(
                        advice,
                        request.path("at").asText(),
                        request.path("on").asText(),
                        text(request, "status"),
                        text(request, "key_id"),
                        text(request, "scope"),
                        text(request, "reason"));
            }
        }
        return ExitCodes.DONE;
    }

    private static String text(JsonNode request, String field) {
        return request.path(field).isNull() ? "-" : request.path(field).asText();
    }
}
