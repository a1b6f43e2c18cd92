package dev.latchkey.cli.command.keys;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.importing.ImportListener;
import dev.latchkey.audit.AuditEvent;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.TerminalText;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import java.util.ArrayList;
import java.util.List;

/** Counts the keys that an import would delete, and asks whether that is meant. For one thread. */
final class PruneConfirmation implements ImportListener {
    private static final int NAMED = 5;

    private final List<String> names = new ArrayList<>();
    private long count;

    @Override
    public void begin() {
        names.clear();
        count = 0;
    }

    @Override
    public void keyDeleted(AccessKey key, AuditEvent event) {
        if (names.size() < NAMED) {
            names.add(TerminalText.line(key.settings().name()) + " (" + key.id() + ")");
        }
        count++;
    }

    /** Fails unless there is nothing to delete, or the right number is typed. */
    void ask(CliContext context) {
        if (count == 0) {
            return;
        }
        String more = count > names.size() ? " and " + (count - names.size()) + " more" : "";
        String typed = context.ask("Keys that the file does not name: " + count
                + ". They stop getting tokens at once, for good:\n  " + String.join("\n  ", names) + more
                + "\nType how many they are to delete them: ");
        if (!typed.equals(String.valueOf(count))) {
            throw ServiceException.of(ErrorKind.CONFLICT, "nothing was imported: that is not how many they are");
        }
    }
}
