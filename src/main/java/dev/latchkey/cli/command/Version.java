package dev.latchkey.cli.command;

import dev.latchkey.cli.Command;
import dev.latchkey.cli.Invocation;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.output.Fields;
import dev.latchkey.config.ProgramVersion;
import dev.latchkey.crypto.CorrettoProvider;
import dev.latchkey.sql.database.DatabaseOpener;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code version}: which Latchkey this is, and what it runs on. */
final class Version implements Command {
    @Override
    public void declare(Syntax syntax) {
        syntax.noStore().json().example("latchkey version");
    }

    @Override
    public int execute(Invocation run) throws Exception {
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
