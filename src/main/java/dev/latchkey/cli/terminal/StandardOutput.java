package dev.latchkey.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Standard output in UTF-8, which can tell a reader that wants no more from a result that is lost. For one thread. */
public final class StandardOutput extends PrintStream {
    private static final Path DESCRIPTOR = Path.of("/proc/self/fd/1");

    private final Target target;
    private final boolean pipe;

    private StandardOutput(Target target, boolean pipe) {
        super(target, true, StandardCharsets.UTF_8);
        this.target = target;
        this.pipe = pipe;
    }

    public static StandardOutput to(OutputStream stream) {
        return new StandardOutput(new Target(stream), false);
    }

    static StandardOutput ofProcess() {
        return new StandardOutput(new Target(new FileOutputStream(FileDescriptor.out)), isPipe());
    }

    /**
     * Whether writing failed because the other end of a pipe is closed, as {@code | head} closes it. The message of the
     * failure is in the language of the locale, but nothing else can fail on a pipe.
     */
    public boolean isReaderGone() {
        IOException failure = target.failure;
        return failure != null && (String.valueOf(failure.getMessage()).contains("Broken pipe") || pipe);
    }

    private static boolean isPipe() {
        try {
            return Files.readSymbolicLink(DESCRIPTOR).toString().startsWith("pipe:");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** Keeps the failure, which a {@link PrintStream} forgets. */
    private static final class Target extends FilterOutputStream {
        private @Nullable IOException failure;

        Target(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        /** The descriptor is the process's, and stays open. */
        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
