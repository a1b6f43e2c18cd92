package dev.latchkey.cli.file;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.CipherInputStream;
import javax.crypto.CipherOutputStream;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that are written once and read as often as need be, and may hold secrets: the first of them are kept in memory,
 * the rest in a temporary file that has no name any more, encrypted (AES-CTR) with a key that only this process has ever
 * had. Written and read by one thread, first the one and then the other.
 */
public final class EncryptedSpool implements Closeable {
    private static final int IN_MEMORY = 262_144;
    private static final int BLOCK = 16;

    private final byte[] key = new byte[BLOCK];
    private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private @Nullable FileChannel file;
    private @Nullable OutputStream overflow;

    public EncryptedSpool() {
        new SecureRandom().nextBytes(key);
    }

    /** Where to write; closing it ends the writing. */
    public OutputStream out() {
        return new FilterOutputStream(OutputStream.nullOutputStream()) {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                int kept = Math.min(length, IN_MEMORY - memory.size());
                memory.write(bytes, offset, kept);
                if (kept < length) {
                    overflow().write(bytes, offset + kept, length - kept);
                }
            }

            @Override
            public void close() throws IOException {
                if (overflow != null) {
                    overflow.close();
                }
            }
        };
    }

    /** All that was written, from its start. */
    public InputStream open() {
        InputStream first = new ByteArrayInputStream(memory.toByteArray());
        FileChannel rest = file;
        return rest == null
                ? first
                : new SequenceInputStream(first, new CipherInputStream(new At(rest), cipher(Cipher.DECRYPT_MODE)));
    }

    private OutputStream overflow() throws IOException {
        OutputStream out = overflow;
        if (out == null) {
            FileChannel fresh = temporaryFile();
            file = fresh;
            OutputStream bytes = new FilterOutputStream(Channels.newOutputStream(fresh)) {
                @Override
                public void write(byte[] block, int offset, int length) throws IOException {
                    out.write(block, offset, length);
                }

                @Override
                public void close() {
                    // The channel is read from now on.
                }
            };
            out = new CipherOutputStream(bytes, cipher(Cipher.ENCRYPT_MODE));
            overflow = out;
        }
        return out;
    }

    /** Only its owner may read it; its name is gone at once where the system permits, else when it is closed. */
    private static FileChannel temporaryFile() {
        try {
            Path path = Files.createTempFile("latchkey", ".spool");
            FileChannel channel = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            Files.deleteIfExists(path);
            return channel;
        } catch (IOException e) {
            throw ServiceException.of(
                    ErrorKind.MISCONFIGURED,
                    "a temporary file cannot be made; name a folder for it with -Djava.io.tmpdir=FOLDER",
                    e);
        }
    }

    private Cipher cipher(int mode) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            // The key is used for these bytes alone, so that the counter may begin at zero.
            cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[BLOCK]));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every platform has AES", e);
        }
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }

    /** Reads a channel from its start; other readers of it do not matter. */
    private static final class At extends InputStream {
        private final FileChannel channel;
        private long position;

        At(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = channel.read(ByteBuffer.wrap(bytes, offset, length), position);
            position += Math.max(read, 0);
            return read;
        }
    }
}
