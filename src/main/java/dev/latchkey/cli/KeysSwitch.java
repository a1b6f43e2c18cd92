package dev.latchkey.cli;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyJson;
import dev.latchkey.server.Services;

/** {@code keys disable} and {@code keys enable}: whether an access key gets tokens. */
final class KeysSwitch implements Command {
    private final boolean enabled;

    KeysSwitch(boolean enabled) {
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
