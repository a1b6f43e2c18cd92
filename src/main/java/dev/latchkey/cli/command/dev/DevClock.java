package dev.latchkey.cli.command.dev;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.json.JsonBinding;

/** {@code dev clock}: what time it is for a stand-in. */
public final class DevClock implements Command {
    @Override
    public void declare(Syntax syntax) {
        syntax.value("--advance", "DURATION", "Move it on, such as 61m.")
                .value("--now", "TIME", "Set it to a time as RFC 3339 has it.")
                .flag("--freeze", "Stop it.")
                .flag("--run", "Let it run again.")
                .value("--skew", "DURATION", "Add this to the times in tokens; -90s takes it away.")
                .flag("--real", "Back to real time.");
        DevCall.declare(syntax).example("latchkey dev clock --advance 61m");
    }

    @Override
    public int run(Arguments arguments, CliContext context) {
        DevCall call = new DevCall(arguments, context).texts("--advance", "--now", "--skew");
        if (arguments.has("--freeze") || arguments.has("--run")) {
            call.with("freeze", JsonBinding.tree(arguments.has("--freeze")));
        }
        boolean real = arguments.has("--real");
        if (real && !call.isEmpty()) {
            throw ExitCodes.usage("--real cannot stand beside another change of the clock");
        }
        ObjectNode shown = real
                ? call.send("DELETE", "/dev/clock", "")
                : call.isEmpty() ? call.send("GET", "/dev/clock", "") : call.send("PUT", "/dev/clock");
        String state = shown.path("frozen").asBoolean() ? "frozen" : "runs";
        return call.print(
                shown,
                shown.path("now").asText() + "  " + state + ", skew in tokens "
                        + shown.path("skew").asText());
    }
}
