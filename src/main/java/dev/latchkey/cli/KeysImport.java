package dev.latchkey.cli;

import dev.latchkey.accesskey.AccessKeyImport;
import dev.latchkey.accesskey.AccessKeyImportPlan;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.json.Json;
import dev.latchkey.json.JsonLines;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.permission.Actor;
import dev.latchkey.server.Services;
import java.util.Map;

/** {@code keys import}: creates and changes scopes and keys as a document says, all or nothing. */
final class KeysImport implements Command {
    private static final String DRY_RUN = "--dry-run";
    private static final int LARGEST = 64 * 1024 * 1024;
    private static final int MOST_ERRORS = 5;
    private static final AccessKeyImport.Rules RULES = new AccessKeyImport.Rules(false, false);

    @Override
    public void declare(Syntax syntax) {
        syntax.words("FILE", 1, 1)
                .flag(DRY_RUN, "Only say what would be done.")
                .store()
                .json()
                .example("latchkey keys import keys.json --dry-run")
                .example("latchkey keys import - < keys.json");
    }

    @Override
    public int run(Arguments arguments, Surroundings surroundings) {
        String file = arguments.word();
        byte[] bytes = InputFile.read(file, LARGEST, surroundings);
        Map<String, Object> document = parse(file, bytes);
        boolean dryRun = arguments.has(DRY_RUN);
        Actor actor = StoreAccess.operator();
        try (Services services = open(dryRun, arguments, surroundings)) {
            AccessKeyImport imports = services.imports();
            AccessKeyImportPlan plan =
                    dryRun ? imports.plan(actor, document, RULES) : imports.run(actor, document, RULES);
            ImportReport report = new ImportReport(plan, document, dryRun);
            if (arguments.has(Syntax.JSON)) {
                report.json(surroundings.out());
            } else {
                surroundings.out().print(report.text());
            }
        } catch (LatchkeyException e) {
            throw e.errors().isEmpty() ? e : ExitCodes.usage(describe(e, file, bytes));
        }
        return ExitCodes.DONE;
    }

    /** A dry run makes no store either. */
    private static Services open(boolean dryRun, Arguments arguments, Surroundings surroundings) {
        return dryRun ? StoreAccess.open(arguments, surroundings) : StoreAccess.openOrCreate(arguments, surroundings);
    }

    private static Map<String, Object> parse(String file, byte[] bytes) {
        try {
            return Json.parseObject(bytes);
        } catch (JsonSyntaxException e) {
            throw ExitCodes.usage(InputFile.shown(file) + " " + e.getMessage());
        }
    }

    private static String describe(LatchkeyException e, String file, byte[] bytes) {
        JsonLines lines = JsonLines.of(bytes);
        StringBuilder message = new StringBuilder(InputFile.shown(file) + ": nothing was imported; ");
        e.errors().stream().limit(MOST_ERRORS).forEach(error -> {
            lines.of(error.field())
                    .ifPresent(line -> message.append("line ").append(line).append(": "));
            message.append(error.field()).append(' ').append(error.message()).append("; ");
        });
        boolean more = e.errors().size() > MOST_ERRORS;
        return more ? message + "and more like these" : message.substring(0, message.length() - 2);
    }
}
