package dev.latchkey.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Judges who else could read or change a file that holds secrets. It must belong to this process's user or to root, and
 * be closed to others; its group may have what it likes if this process is in it, as in the secret volumes of container
 * platforms (0440) and in volumes with a group of their own (0660). Root's own group may read what is root's: systemd hands
 * a service its credentials so, with an access list for the service's user beside (0440). Links are followed: what is opened is judged. A file
 * system without POSIX permissions keeps its own rules.
 */
public final class SecretFileAccess {
    private static final long ROOT = 0;
    private static final long UNSIGNED = 0xFFFF_FFFFL;
    private static final int GROUP = 070;
    private static final int GROUP_READ = 040;
    private static final int OTHERS = 07;
    private static final int WRITE = 022;

    private SecretFileAccess() {}

    /**
     * Why the file must not be used, and the command that mends it, to follow the file's name; empty when it may be. Fails
     * when the file is not there.
     */
    public static Optional<String> problem(Path file) throws IOException {
        return judge(file).flatMap(Judged::problem);
    }

    /** The same as far as it is about the file's owner, whom its modes do not bind. */
    public static Optional<String> ownerProblem(Path file) throws IOException {
        return judge(file).flatMap(Judged::ownerProblem);
    }

    /** Empty on a file system without POSIX permissions, which has no such identities. */
    private static Optional<Judged> judge(Path file) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
        Optional<ProcessIdentity> process = posix ? ProcessIdentity.current() : Optional.empty();
        if (process.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> unix = Files.readAttributes(file, "unix:uid,gid,mode");
        return Optional.of(new Judged(
                ShellWord.of(file.toString()),
                number(unix, "uid") & UNSIGNED,
                number(unix, "gid") & UNSIGNED,
                number(unix, "mode"),
                process.get()));
    }

    private static int number(Map<String, Object> unix, String name) {
        return (int) Objects.requireNonNull(unix.get(name), name);
    }

    /** One file, whose path is a word of the shell, as a process finds it. */
    record Judged(String file, long owner, long group, int mode, ProcessIdentity process) {
        Optional<String> problem() {
            return ownerProblem().or(this::modeProblem);
        }

        Optional<String> ownerProblem() {
            return owner == process.uid() || owner == ROOT
                    ? Optional.empty()
                    : Optional.of("belongs to another user (uid " + owner + "); "
                            + (process.uid() == ROOT ? "run: " : "run as root: ") + takeOver());
        }

        private Optional<String> modeProblem() {
            boolean inGroup = process.groups().contains(group);
            int open = mode & (inGroup ? OTHERS : OTHERS | GROUP);
            if (owner == ROOT && group == ROOT) {
                open &= ~GROUP_READ;
            }
            if (open == 0) {
                return Optional.empty();
            }
            String what = (open & WRITE) == 0 ? "can be read by others; " : "can be changed by others; ";
            if (owner == process.uid()) {
                return Optional.of(what + "run: chmod 600 " + file);
            }
            return Optional.of(what + "run as root: " + (inGroup ? "chmod o= " + file : takeOver())
                    + " (or mount the secret with the mode 0440 and a group of this process)");
        }

        private String takeOver() {
            return "chown " + process.uid() + " " + file + " && chmod 600 " + file;
        }
    }
}
