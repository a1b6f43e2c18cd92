package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Answers;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command line on one store of its own. */
public record CliStore(Path file) {
    /** A store that is made when a command first needs one. */
    public static CliStore in(Path folder) {
        return new CliStore(folder.resolve("store.db"));
    }

    public CliRun run(String... args) {
        return CliRun.with(env(), "", args);
    }

    public CliRun reading(String in, String... args) {
        return CliRun.with(env(), in, args);
    }

    public CliRun typing(List<String> lines, String... args) {
        return CliRun.typing(env(), lines, args);
    }

    public CliRun onScreen(int columns, String... args) {
        return CliRun.onScreen(columns, env(), "", args);
    }

    public CliRun at(Instant now, String... args) {
        return CliRun.at(now, env(), "", args);
    }

    /** The one document that the command prints; fails unless that is all it prints. */
    public Map<String, Object> json(String... args) {
        return json(run(args));
    }

    public static Map<String, Object> json(CliRun run) {
        assertThat(run.code()).describedAs(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        return parse(run.out());
    }

    public static Map<String, Object> parse(String json) {
        try {
            return JsonReader.object(json);
        } catch (JsonSyntaxException e) {
            throw new AssertionError(json, e);
        }
    }

    /** A new key with the scope a; answers it with its secret. */
    public Map<String, Object> create(String name, String... more) {
        List<String> args = new ArrayList<>(List.of("keys", "create", "--name", name, "--json"));
        args.addAll(List.of("--scopes", "a", "--add-scopes"));
        args.addAll(List.of(more));
        return json(args.toArray(String[]::new));
    }

    /** As {@link #create}; answers the id. */
    public String createId(String name, String... more) {
        return (String) create(name, more).get("id");
    }

    public Map<String, Object> show(String id) {
        return json("keys", "show", id, "--json");
    }

    public List<Map<String, Object>> data(String... args) {
        return rows(json(args), "data");
    }

    public static List<Map<String, Object>> rows(Map<String, Object> document, String field) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Object row : (List<?>) document.get(field)) {
            rows.add(Answers.asObject(row));
        }
        return rows;
    }

    private Map<String, String> env() {
        return Map.of("LATCHKEY_DB", file.toString());
    }
}
