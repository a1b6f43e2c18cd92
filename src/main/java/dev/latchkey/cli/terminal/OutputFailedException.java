package dev.latchkey.cli.terminal;

/** Standard output takes no more; there is no use in going on. */
public final class OutputFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutputFailedException() {
        super("standard output takes no more", null, false, false);
    }
}
