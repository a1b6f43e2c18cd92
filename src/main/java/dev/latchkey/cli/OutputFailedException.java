package dev.latchkey.cli;

/** Standard output takes no more; there is no use in going on. */
final class OutputFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutputFailedException() {
        super("standard output takes no more", null, false, false);
    }
}
