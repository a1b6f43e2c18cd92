package dev.latchkey.sql.files;

import dev.latchkey.error.ServiceException;
import dev.latchkey.file.PrivateFiles;
import dev.latchkey.file.SecretFileAccess;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/** The SQLite file on disk, before SQLite opens it. */
public final class StoreFile {
    /** What SQLite takes for a part of the store, and reads back into it. */
    public static final List<String> BESIDE = List.of("-wal", "-shm", "-journal");

    private StoreFile() {}

    /**
     * Sees to it that the file is there; makes it where that is wanted. A new one is readable for its owner alone; one that is there
     * must be closed to others, and is not touched, since it may be anything.
     */
    public static void prepare(Path file, String shown, boolean create) {
        if (Files.isDirectory(file)) {
            throw ServiceException.misconfigured("The store " + shown + " is a folder; name a file in it.");
        }
        if (Files.exists(file)) {
            checkBeforeOpening(file, shown);
            if (create) {
                closeEmpty(file, shown);
            }
            return;
        }
        if (!create) {
            throw noStore(shown);
        }
        Path folder = file.getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw ServiceException.misconfigured(
                    "The folder of the store " + shown + " does not exist; make it first.");
        }
        create(file, shown);
    }

    /** What to tell where there is no store and none may be made. */
    public static ServiceException noStore(String shown) {
        return ServiceException.misconfigured("There is no store at " + shown
                + "; start the service or create a key first, or name another with --db.");
    }

    /**
     * Judges what SQLite would take for a part of the store: the file that links lead to, and what lies beside it. Of the
     * file itself only the owner is judged: a file of something else is told by what it is, not by its mode.
     */
    private static void checkBeforeOpening(Path file, String shown) {
        judge(file, shown, "", SecretFileAccess::ownerProblem);
        for (String ending : BESIDE) {
            judge(file, shown, ending, SecretFileAccess::problem);
        }
    }

    /** Fails where others could read or change a store, with the command that mends it; the files beside it are as it is. */
    public static void checkClosedToOthers(Path file, String shown) {
        judge(file, shown, "", SecretFileAccess::problem);
    }

    private interface Judge {
        Optional<String> problem(Path file) throws IOException;
    }

    private static void judge(Path file, String shown, String ending, Judge judge) {
        try {
            Path opened = file.toRealPath();
            Path each = opened.resolveSibling(opened.getFileName() + ending);
            Optional<String> problem = problem(each, judge);
            if (problem.isPresent()) {
                throw ServiceException.misconfigured("The store " + shown + ending + " " + problem.get());
            }
        } catch (IOException e) {
            throw ServiceException.misconfigured(
                    "The store " + shown
                            + " cannot be opened; check that this user may read and write it and its folder.",
                    e);
        }
    }

    /** None where the file is not there, or is gone by now: SQLite makes and deletes what lies beside a store. */
    private static Optional<String> problem(Path file, Judge judge) throws IOException {
        try {
            return Files.exists(file) ? judge.problem(file) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** An empty file is no store yet and holds no secrets; what becomes one is closed before. */
    private static void closeEmpty(Path file, String shown) {
        try {
            if (Files.size(file) == 0 && SecretFileAccess.problem(file).isPresent()) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
        } catch (IOException e) {
            throw notWritable(shown, e);
        }
    }

    private static void create(Path file, String shown) {
        try {
            PrivateFiles.create(file);
        } catch (FileAlreadyExistsException e) {
            // Another process was a moment faster.
        } catch (IOException e) {
            throw notWritable(shown, e);
        }
    }

    private static ServiceException notWritable(String shown, IOException cause) {
        return ServiceException.misconfigured(
                "The store " + shown + " cannot be made; check that this user may write to its folder.", cause);
    }
}
