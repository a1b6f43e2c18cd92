package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.latchkey.cli.command.Commands;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a shell offers: the scripts are sourced by real shells, and the program that they ask is the real one. */
class CompletionTest {
    @TempDir
    static Path folder;

    private static Path program;
    private static Map<String, String> store;

    @BeforeAll
    static void fill() throws IOException {
        store = Map.of("LATCHKEY_DB", folder.resolve("keys.db").toString());
        for (String command : List.of(
                "scopes add fx invoices:read ve$(reboot)",
                "keys create billing --scopes fx",
                "users add ann --role admin")) {
            CliRun run = CliRun.with(store, "a password of many words\n", command.split(" "));
            assertThat(run.code()).as(run.err()).isZero();
        }
        program = Files.createDirectory(folder.resolve("bin")).resolve("latchkey");
        Files.writeString(
                program,
                "#!/bin/sh\nexec '" + Path.of(System.getProperty("java.home"), "bin", "java")
                        + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '" + System.getProperty("java.class.path")
                        + "' dev.latchkey.Main \"$@\"\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createFile(folder.resolve("some-file.json"));
    }

    private static List<String> complete(String... typed) {
        String[] words = new String[typed.length + 1];
        words[0] = Completer.COMMAND;
        System.arraycopy(typed, 0, words, 1, typed.length);
        CliRun run = CliRun.with(store, "", words);
        assertThat(run.code()).as(run.err()).isZero();
        return run.out().lines().toList();
    }

    @ParameterizedTest
    @CsvSource({
        "k,keys",
        "EMPTY,serve",
        "--po,--port",
        "keys r,rotate",
        "users EMPTY,passwd",
        "keys rotate --g,--grace",
        "users add --role a,admin",
        "users role ann o,owner",
        "users role a,ann",
        "users add --role = a,admin",
        "keys create --jwks f,:files",
        "keys import f,:files",
        "keys list --db f,:files",
        "serve --signing-algorithm E,ES256",
        "signing-keys rotate --key-size 3,3072",
        "completion z,zsh",
        "scopes remove f,fx",
        "scopes remove invoices:r,invoices:read",
        "scopes remove invoices : r,read",
        "keys create --scopes=inv,--scopes=invoices:read",
        "keys show b,billing"
    })
    void candidates_areCommandsOptionsValuesFilesAndNames(String line, String offered) {
        assertThat(complete(line.replace("EMPTY", "").split(" ", -1))).contains(offered);
    }

    @Test
    void candidatesForAKey_areIdsWithTheirNames() {
        assertThat(complete("keys", "show", "ack_")).singleElement().asString().matches("ack_[a-z2-7]{26}\tbilling");
    }

    @Test
    void nameThatAShellWouldRun_isNotOffered() {
        assertThat(complete("scopes", "remove", "")).containsExactlyInAnyOrder("fx", "invoices:read");
    }

    @Test
    void topicsOfHelp_areTheCommandsAndTheProfiles() {
        assertThat(complete("help", "")).contains("serve", "keys", "profiles");
        assertThat(complete("help", "keys", "r")).containsExactly("rotate");
    }

    @Test
    void everyCommand_isOffered() {
        for (Commands command : Commands.values()) {
            List<String> words = command.words();
            List<String> before = words.subList(0, words.size() - 1);
            String[] typed = new String[words.size()];
            before.toArray(typed);
            typed[words.size() - 1] = "";
            assertThat(complete(typed)).contains(words.get(words.size() - 1));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "latchkey keys r,rotate",
        "latchkey users role ann '',owner",
        "latchkey scopes remove invoices : r,read",
        "latchkey keys import some,some-file.json"
    })
    void bash_offersThem(String line, String offered) throws Exception {
        String words = line.replace("''", "\"\"");
        String said = shell(
                "bash",
                "COMP_WORDS=(" + words + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _latchkey;"
                        + " printf '%s\\n' \"${COMPREPLY[@]}\"");

        assertThat(said.lines()).contains(offered);
    }

    @ParameterizedTest
    @CsvSource({"latchkey keys r,rotate", "latchkey scopes remove invoices:r,invoices:read"})
    void zsh_offersThem(String line, String offered) throws Exception {
        // compadd works within the line editor alone, so it is replaced by one that prints what it is given.
        String said =
                shell("zsh", "compadd() { shift; print -l -- $@ }; words=(" + line + "); CURRENT=${#words}; _latchkey");

        assertThat(said.lines()).contains(offered);
    }

    @ParameterizedTest
    @CsvSource({
        "latchkey keys r,rotate",
        "latchkey scopes remove invoices:r,invoices:read",
        "latchkey keys import some,some-file.json"
    })
    void fish_offersThem(String line, String offered) throws Exception {
        String said = shell("fish", "complete -C '" + line + "'");

        assertThat(said.lines().map(candidate -> candidate.split("\t", -1)[0])).contains(offered);
    }

    private static String shell(String shell, String deed) throws IOException, InterruptedException {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin", shell)) || Files.isExecutable(Path.of("/bin", shell)),
                shell + " is not installed");
        Path script = folder.resolve("completion." + shell);
        Files.writeString(script, CliRun.of("completion", shell).out());
        String before = shell.equals("zsh") ? "compdef() { }; " : "";
        ProcessBuilder builder =
                new ProcessBuilder(shell, "-c", before + "source " + script + "; " + deed).directory(folder.toFile());
        builder.environment().putAll(store);
        builder.environment().put("PATH", program.getParent() + ":" + System.getenv("PATH"));
        builder.environment().put("HOME", folder.toString());
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }
}
