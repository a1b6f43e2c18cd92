package dev.latchkey.cli.command.dev;

import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.terminal.CliContext;

/** {@code dev reset}: a stand-in as it was at its start. */
public final class DevReset implements Command {
    @Override
    public void declare(Syntax syntax) {
        DevCall.declare(syntax).example("latchkey dev reset");
    }

    @Override
    public int run(Arguments arguments, CliContext context) {
        DevCall call = new DevCall(arguments, context);
        return call.print(call.send("POST", "/dev/reset", ""), "The stand-in is as it was at its start.");
    }
}
