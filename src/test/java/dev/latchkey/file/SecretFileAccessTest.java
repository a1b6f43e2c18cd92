package dev.latchkey.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose files of secrets are taken, and which modes they may have. */
class SecretFileAccessTest {
    /** User 1000, primary group 1000, and the group 2000 that a platform added. */
    private static final ProcessIdentity USER = new ProcessIdentity(1000, Set.of(1000L, 2000L));

    private static final ProcessIdentity ROOT = new ProcessIdentity(0, Set.of(0L));

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "1000, 1000, 600",
        "1000, 1000, 400",
        "1000, 1000, 640",
        "1000, 2000, 660",
        "1000, 2000, 440",
        "1000, 4000, 600",
        "0, 2000, 440",
        "0, 2000, 660",
        "0, 1000, 640",
        "0, 0, 400",
        "0, 0, 440",
        "0, 0, 600"
    })
    void ownersAndGroupsOfTheProcess_andRoots_areTaken(long owner, long group, String mode) {
        assertThat(problem(owner, group, Integer.parseInt(mode, 8), USER)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 1000, 644, can be read by others; run: chmod 600 f",
        "1000, 1000, 604, can be read by others; run: chmod 600 f",
        "1000, 4000, 640, can be read by others; run: chmod 600 f",
        "1000, 4000, 620, can be changed by others; run: chmod 600 f",
        "1000, 2000, 666, can be changed by others; run: chmod 600 f",
        "1000, 1000, 602, can be changed by others; run: chmod 600 f",
        "1000, 1000, 601, can be read by others; run: chmod 600 f",
        "0, 2000, 444, can be read by others; run as root: chmod o= f (or mount the secret with the mode 0440 and a group of this process)",
        "0, 0, 460, can be changed by others; run as root: chown 1000 f && chmod 600 f (or mount the secret with the mode 0440 and a group of this process)",
        "1001, 1000, 640, belongs to another user (uid 1001); run as root: chown 1000 f && chmod 600 f",
        "1001, 1000, 600, belongs to another user (uid 1001); run as root: chown 1000 f && chmod 600 f"
    })
    void openFiles_andThoseOfAnotherUser_areRefused_withTheCommandThatMendsIt(
            long owner, long group, String mode, String message) {
        assertThat(problem(owner, group, Integer.parseInt(mode, 8), USER)).contains(message);
    }

    @Test
    void root_takesItsOwnFilesAlone() {
        assertThat(problem(0, 0, 0600, ROOT)).isEmpty();
        assertThat(problem(1000, 0, 0600, ROOT))
                .contains("belongs to another user (uid 1000); run: chown 0 f && chmod 600 f");
    }

    @Test
    void realFiles_areJudgedByTheirOwnerAndMode_throughLinks() throws IOException {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("unix"));
        Path file = folder.resolve("a secret");
        PrivateFiles.create(file);
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);

        assertThat(SecretFileAccess.problem(file)).isEmpty();
        assertThat(SecretFileAccess.problem(link)).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw----r--"));
        assertThat(SecretFileAccess.problem(link)).contains("can be read by others; run: chmod 600 " + link);
    }

    @Test
    void fileOfAnotherUser_isRefused() throws IOException {
        ProcessIdentity process = ProcessIdentity.current().orElseThrow();
        assumeTrue(process.uid() == 0, "only root can give files away");
        Path file = Files.createFile(folder.resolve("file"));
        Files.setAttribute(file, "unix:uid", 4711);

        assertThat(SecretFileAccess.problem(file)).get().asString().startsWith("belongs to another user (uid 4711)");
    }

    @Test
    void identity_isTheEffectiveOne_withAllGroups() {
        String status =
                "Name:\tjava\nUid:\t1000\t1001\t1002\t1003\nGid:\t100\t101\t102\t103\nGroups:\t4 24 4294967294 \n";

        assertThat(ProcessIdentity.parse(status))
                .isEqualTo(new ProcessIdentity(1001, Set.of(101L, 4L, 24L, 4294967294L)));
        assertThat(ProcessIdentity.parse("Uid:\t0\t0\t0\t0\nGid:\t0\t0\t0\t0\nGroups:\t \n"))
                .isEqualTo(ROOT);
    }

    private static Optional<String> problem(long owner, long group, int mode, ProcessIdentity process) {
        return new SecretFileAccess.Judged("f", owner, group, mode, process).problem();
    }
}
