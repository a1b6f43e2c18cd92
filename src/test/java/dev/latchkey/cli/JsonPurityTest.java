package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.command.Commands;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With {@code --json}, standard output is one JSON document, and nothing when the command fails. */
class JsonPurityTest {
    private static final Set<Commands> WITHOUT_DATA = Set.of(
            Commands.SERVE,
            Commands.KEYS_DELETE,
            Commands.ISSUERS_REMOVE,
            Commands.SCOPES_REMOVE,
            Commands.SIGNING_KEYS_REKEY,
            Commands.USERS_PASSWD,
            Commands.USERS_REMOVE,
            Commands.BACKUP,
            Commands.RESTORE,
            Commands.HEALTH,
            Commands.COMPLETION);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keys create x --scopes a",
                "keys list",
                "keys list --q none",
                "keys show ID",
                "keys edit ID --enabled",
                "keys rotate ID",
                "keys disable ID",
                "keys enable ID",
                "keys import -",
                "keys import - --dry-run",
                "keys export",
                "scopes add b",
                "scopes list",
                "users add bob --role admin",
                "users list",
                "users role ann owner",
                "audit",
                "audit --limit 1",
                "audit --subject nobody"
            })
    void done_isOneDocument_andNothingOnStderr(String words) {
        CliStore store = CliStore.in(folder);
        String id = store.createId("ci");
        store.reading("a long password", "users", "add", "ann", "--role", "owner");
        String in = words.startsWith("users") ? "a long password" : "{\"keys\":[]}";
        CliRun run = store.reading(in, (words.replace("ID", id) + " --json").split(" ", -1));
        assertThat(run.code()).describedAs(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(CliStore.parse(run.out())).isNotEmpty();
        assertThat(run.out()).endsWith("}\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keys create x --scopes no",
                "keys show no",
                "keys edit no --enabled",
                "keys rotate no",
                "keys disable no",
                "keys enable no",
                "keys import -",
                "scopes add a",
                "users add ann --role king",
                "users role nobody owner",
                "audit --limit 0"
            })
    void failed_isOneLineOnStderrAlone(String words) {
        CliStore store = CliStore.in(folder);
        store.createId("ci");
        CliRun run = store.reading("nonsense", (words + " --json").split(" ", -1));
        assertThat(run.code()).isBetween(1, 2);
        assertThat(run.oneLine()).startsWith("latchkey: ");
    }

    @Test
    void everyCommandThatPrintsData_takesJson() {
        Set<Commands> without = Arrays.stream(Commands.values())
                .filter(command -> {
                    Syntax syntax = Syntax.of(command);
                    return syntax.find(Syntax.JSON).isEmpty();
                })
                .collect(Collectors.toSet());
        assertThat(without).isEqualTo(WITHOUT_DATA);
    }

    @Test
    void everyCommandOnTheStore_takesDb() {
        Map<Boolean, Long> counts = Arrays.stream(Commands.values())
                .filter(command -> command.path().matches("(keys|scopes|issuers|users|audit|backup|serve|inspect).*"))
                .collect(Collectors.partitioningBy(
                        command -> {
                            Syntax syntax = Syntax.of(command);
                            return syntax.find(Syntax.DB).isPresent();
                        },
                        Collectors.counting()));
        assertThat(counts).containsEntry(false, 0L);
    }
}
