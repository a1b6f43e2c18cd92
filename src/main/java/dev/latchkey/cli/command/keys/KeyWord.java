package dev.latchkey.cli.command.keys;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeySecret;
import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.StoreAccess;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.server.Services;

/** The word by which a command is told an access key: its id, or its name where only one key has it. */
final class KeyWord {
    /** What help calls it. */
    static final String LABEL = "ID";

    private KeyWord() {}

    /** The key; fails when there is none, or when the name is that of several. */
    static AccessKey find(Services services, Arguments arguments) {
        String word = arguments.word();
        if (word.startsWith(AccessKeySecret.PREFIX)) {
            throw ExitCodes.usage("that is a secret, not the id of an access key; it should stand in no command line");
        }
        return services.accessKeys().getByIdOrName(StoreAccess.operator(), word);
    }

    /** The id of the key. */
    static String id(Services services, Arguments arguments) {
        return find(services, arguments).id();
    }
}
