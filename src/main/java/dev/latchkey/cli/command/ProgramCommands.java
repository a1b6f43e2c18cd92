package dev.latchkey.cli.command;

import dev.latchkey.cli.Command;
import dev.latchkey.cli.CompletionShell;
import dev.latchkey.cli.Invocation;
import dev.latchkey.cli.output.Fields;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.config.ProgramVersion;
import dev.latchkey.crypto.CorrettoProvider;
import dev.latchkey.sql.database.DatabaseOpener;
import java.util.LinkedHashMap;
import java.util.Map;

/** The commands on the program itself. */
final class ProgramCommands {
    private ProgramCommands() {}

    /** {@code completion}: a script with which a shell completes commands, options, values, files and ids. */
    static Command completion() {
        return Command.of(
                syntax -> syntax.words("SHELL", 1, 1).noStore().example("source <(latchkey completion bash)"), run -> {
                    CompletionShell shell = CompletionShell.find(run.word())
                            .orElseThrow(() -> ExitCodes.usage(
                                    "the shell must be " + CompletionShell.NAMES + ", not \"" + run.word() + "\""));
                    run.context().out().print(shell.script());
                    return ExitCodes.DONE;
                });
    }

    /** {@code version}: which Latchkey this is, and what it runs on. */
    static Command version() {
        return Command.of(syntax -> syntax.noStore().json().example("latchkey version"), ProgramCommands::version);
    }

    private static int version(Invocation run) throws Exception {
        // Its library loads while SQLite's does.
        CorrettoProvider.beginUnreported();
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("version", ProgramVersion.read());
        fields.put("commit", ProgramVersion.commit());
        fields.put("date", ProgramVersion.date());
        fields.put("java", System.getProperty("java.runtime.version") + ", " + System.getProperty("java.vendor"));
        fields.put("sqlite", DatabaseOpener.sqliteVersion());
        fields.put(
                "crypto",
                CorrettoProvider.whenLoaded()
                        .get()
                        .map(provider -> provider.getName() + " " + provider.getVersionStr() + " (AWS-LC)")
                        .orElse("the JDK's own"));
        if (run.isJson()) {
            return run.printJson(fields);
        }
        Fields text = new Fields();
        run.print("latchkey " + fields.remove("version"));
        fields.forEach(text::add);
        return run.print(text);
    }
}
