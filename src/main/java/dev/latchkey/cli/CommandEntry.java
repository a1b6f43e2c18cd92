package dev.latchkey.cli;

import java.util.Arrays;
import java.util.List;

/** A line of the table of commands: what is known of a command before its class is loaded. */
public interface CommandEntry {
    /** The words that name it, {@code keys create}. */
    String path();

    /** What it does, in one line of help. */
    String summary();

    /** Whether it asks for a service's port, which variables of the environment can give. */
    boolean readsPort();

    /** A new one, for one run. */
    Command create();

    /** The words that name it, one by one. */
    default List<String> words() {
        return Arrays.asList(path().split(" ", -1));
    }
}
