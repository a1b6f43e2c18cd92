package dev.latchkey.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The shells that words can be completed in, each with a script that asks {@link Completer}. */
public enum CompletionShell {
    BASH,
    ZSH,
    FISH;

    /** {@code bash, zsh or fish}. */
    public static final String NAMES = Arrays.stream(values())
            .map(CompletionShell::publicName)
            .collect(Collectors.joining(", "))
            .replaceFirst(", (?=\\w+$)", " or ");

    public static Optional<CompletionShell> find(String name) {
        return Arrays.stream(values())
                .filter(shell -> shell.publicName().equals(name))
                .findFirst();
    }

    String publicName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The script, which is kept beside this class. */
    public String script() {
        String resource = "completion." + publicName();
        try (InputStream in = CompletionShell.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " cannot be read", e);
        }
    }
}
