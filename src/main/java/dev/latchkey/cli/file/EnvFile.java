package dev.latchkey.cli.file;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.file.PrivateFiles;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A file of {@code NAME=value} lines that holds a secret: only its owner may read it. It is made before there is a secret,
 * so that one is not lost to a file that cannot be written; lines of other names that it has stay. For one thread.
 */
public final class EnvFile implements Closeable {
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);
    private static final long LARGEST = 65_536;

    private final String name;
    private final Path file;

    /** What takes the file's place; the file itself where that is new. */
    private final Path target;

    private final List<String> lines = new ArrayList<>();
    private boolean written;

    private EnvFile(String name, Path file, Path target) {
        this.name = name;
        this.file = file;
        this.target = target;
    }

    /** Makes the file, or what will take its place; fails when others could read what is written there. */
    public static EnvFile prepare(String name) {
        try {
            return prepare(name, resolved(name, OutputFile.path(name)));
        } catch (FileAlreadyExistsException e) {
            throw refused(name, "appeared just now; try again");
        } catch (IOException e) {
            throw OutputFile.unwritable(name, e);
        }
    }

    private static EnvFile prepare(String name, Path file) throws IOException {
        if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
            PrivateFiles.create(file);
            return new EnvFile(name, file, file).checked();
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LARGEST) {
            throw refused(name, "is not a small file that could be replaced; name another");
        }
        Path folder = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), file.toAbsolutePath());
        Path replacement = Files.createTempFile(folder, ".latchkey", ".env", PrivateFiles.attributes(file));
        return new EnvFile(name, file, replacement).checked();
    }

    private EnvFile checked() throws IOException {
        if (!Files.getOwner(file).equals(Files.getOwner(target))) {
            close();
            throw refused(name, "belongs to another user; name another file");
        }
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        for (Path each : List.of(file, target)) {
            if (posix && Files.getPosixFilePermissions(each).stream().anyMatch(OTHERS::contains)) {
                close();
                throw refused(name, "may be read or written by others: chmod 600 it, or name another file");
            }
        }
        lines.addAll(Files.readAllLines(file, StandardCharsets.UTF_8));
        return this;
    }

    /** The file that a link of this user leads to; fails for a link of another user. */
    private static Path resolved(String name, Path file) throws IOException {
        if (!Files.isSymbolicLink(file)) {
            return file;
        }
        UserPrincipal owner = Files.getOwner(file, LinkOption.NOFOLLOW_LINKS);
        if (!owner.getName().equals(ProcessHandle.current().info().user().orElse(""))) {
            throw refused(name, "is a link that another user has made; name another file");
        }
        return file.toRealPath();
    }

    private static ServiceException refused(String name, String why) {
        return ServiceException.of(ErrorKind.CONFLICT, name + " " + why);
    }

    /** Writes the values, in the place of lines of the same names. */
    public void write(Map<String, String> values) {
        values.forEach((variable, value) -> {
            lines.removeIf(line -> line.strip().replaceFirst("^export\\s+", "").startsWith(variable + "="));
            lines.add(variable + "=" + value);
        });
        byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            try (OutputStream out = Channels.newOutputStream(
                    Files.newByteChannel(target, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))) {
                out.write(bytes);
            }
            if (!target.equals(file)) {
                Files.move(target, file, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw OutputFile.unwritable(name + " (the new secret is lost; latchkey keys rotate ID makes another)", e);
        }
        written = true;
    }

    /** Takes away what was made for nothing. */
    @Override
    public void close() {
        if (written) {
            return;
        }
        try {
            Files.deleteIfExists(target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
