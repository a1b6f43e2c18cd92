package dev.latchkey.cli.command.keys;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeySecret;
import dev.latchkey.cli.Invocation;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.server.Services;

/** The word by which a command is told an access key: its id, or its name where only one key has it. */
final class KeyWord {
    private KeyWord() {}

    /** The key; fails when there is none, or when the name is that of several. */
    static AccessKey find(Services services, Invocation run) {
        if (run.word().startsWith(AccessKeySecret.PREFIX)) {
            throw ExitCodes.usage("that is a secret, not the id of an access key; it should stand in no command line");
        }
        return services.accessKeys().getByIdOrName(Invocation.operator(), run.word());
    }
}
