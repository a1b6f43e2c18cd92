package dev.latchkey.accesskey.importing;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import java.util.function.Function;

/**
 * What a store does for an import. Thread-safe. Every method fails with {@link ErrorKind#UNAVAILABLE} when the store cannot
 * be read or written.
 */
public interface ImportStore {
    /**
     * Does all of an import's work in one transaction, which is kept when the work returns and undone when it throws.
     *
     * @throws ServiceException of kind {@link ErrorKind#CONFLICT} also when the database chose this transaction to end
     *     a deadlock
     */
    <T> T importing(Function<ImportTransaction, T> work);

    /** The same for work that writes nothing: all of it sees the store as it was in one moment. */
    <T> T comparing(Function<ImportTransaction, T> work);
}
