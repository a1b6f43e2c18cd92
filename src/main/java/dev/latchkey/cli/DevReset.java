package dev.latchkey.cli;

/** {@code dev reset}: a stand-in as it was at its start. */
final class DevReset implements Command {
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
