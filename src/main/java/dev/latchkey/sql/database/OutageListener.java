package dev.latchkey.sql.database;

/** Is told when the store stops to work and when it works again, once each. Thread-safe; must return soon. */
public interface OutageListener {
    /**
     * The store stopped to work.
     *
     * @param reason what is wrong and what to do, in one line without a password
     */
    void began(String reason);

    /**
     * The store works again.
     *
     * @param store its name, without a password
     */
    void ended(String store);
}
