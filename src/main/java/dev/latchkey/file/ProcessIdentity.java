package dev.latchkey.file;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Who this process is to a POSIX file system.
 *
 * @param uid the effective user id
 * @param groups the effective group id and the supplementary ones
 */
record ProcessIdentity(long uid, Set<Long> groups) {
    private static final Path STATUS = Path.of("/proc/self/status");

    ProcessIdentity {
        groups = Set.copyOf(groups);
    }

    /** Empty where neither the kernel nor the Java platform tells. */
    static Optional<ProcessIdentity> current() {
        try {
            return Optional.of(parse(Files.readString(STATUS, StandardCharsets.ISO_8859_1)));
        } catch (IOException | IllegalArgumentException e) {
            return ofPlatform();
        }
    }

    /** Reads what Linux has in {@code /proc/self/status}; of the four ids in a line, the second is the effective one. */
    static ProcessIdentity parse(String status) {
        Set<Long> groups = new HashSet<>(Set.of(effective(line(status, "Gid:"))));
        Arrays.stream(line(status, "Groups:").split("\\s+", -1))
                .filter(group -> !group.isEmpty())
                .map(Long::valueOf)
                .forEach(groups::add);
        return new ProcessIdentity(effective(line(status, "Uid:")), groups);
    }

    private static String line(String status, String name) {
        return status.lines()
                .filter(line -> line.startsWith(name))
                .findFirst()
                .map(line -> line.substring(name.length()).strip())
                .orElseThrow(() -> new IllegalArgumentException("no line " + name));
    }

    private static long effective(String ids) {
        String[] each = ids.split("\\s+", -1);
        if (each.length < 2) {
            throw new IllegalArgumentException("no effective id");
        }
        return Long.parseLong(each[1]);
    }

    /** macOS and others. A runtime image may lack the module, or the module its native part. */
    private static Optional<ProcessIdentity> ofPlatform() {
        try {
            UnixSystem unix = new UnixSystem();
            Set<Long> groups = new HashSet<>(Set.of(unix.getGid()));
            Arrays.stream(unix.getGroups()).forEach(groups::add);
            return Optional.of(new ProcessIdentity(unix.getUid(), groups));
        } catch (LinkageError e) {
            return Optional.empty();
        }
    }
}
