package dev.latchkey.cli.command.users;

import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.cli.terminal.TerminalText;
import dev.latchkey.error.ServiceException;
import dev.latchkey.user.Passwords;
import java.io.IOException;

/** A password that a person chooses. It is never shown. */
final class NewPassword {
    private static final String LOST_CHARACTER = "\uFFFD";

    private NewPassword() {}

    /** One line of standard input; at a terminal it is asked for twice and not seen. */
    static String read(String name, CliContext context) throws IOException {
        String password = context.secretLine("Password for " + TerminalText.line(name) + ": ");
        if (password.isEmpty()) {
            throw ExitCodes.usage("there is no password: give it as one line of standard input");
        }
        if (password.contains(LOST_CHARACTER)) {
            throw ExitCodes.usage("the password is not in UTF-8");
        }
        try {
            Passwords.check("the password", password);
        } catch (ServiceException e) {
            throw ExitCodes.usage(String.valueOf(e.getMessage()));
        }
        if (context.terminal() != null
                && !context.secretLine("The same again: ").equals(password)) {
            throw ExitCodes.usage("the two passwords differ; nothing was changed");
        }
        return password;
    }
}
