package dev.latchkey.cli.command.keys;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyJson;
import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.StoreAccess;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.output.JsonOutput;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.cli.terminal.TerminalText;
import dev.latchkey.server.Services;

/** {@code keys disable} and {@code keys enable}: whether an access key gets tokens. */
public final class KeysSwitch implements Command {
    private final boolean enabled;

    public KeysSwitch(boolean enabled) {
        this.enabled = enabled;
    }

    @Override
    public void declare(Syntax syntax) {
        syntax.words(KeyWord.LABEL, 1, 1)
                .store()
                .json()
                .example("latchkey keys " + (enabled ? "enable" : "disable") + " ack_…");
    }

    @Override
    public int run(Arguments arguments, CliContext context) {
        try (Services services = StoreAccess.open(arguments, context)) {
            AccessKey key =
                    services.accessKeys().setEnabled(StoreAccess.operator(), KeyWord.id(services, arguments), enabled);
            if (arguments.has(Syntax.JSON)) {
                JsonOutput.print(context.out(), AccessKeyJson.of(key));
            } else {
                String done = enabled ? "Enabled " : "Disabled ";
                context.out()
                        .println(done + key.id() + " ("
                                + TerminalText.line(key.settings().name()) + ")");
            }
        }
        return ExitCodes.DONE;
    }
}
