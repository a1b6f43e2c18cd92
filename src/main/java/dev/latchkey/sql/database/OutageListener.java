package dev.latchkey.sql.database;

/** Is told when the store stops to work and when it works again, once each. Thread-safe; must return soon. */
public interface OutageListener {
    /** One that does not listen. */
    OutageListener NONE = new OutageListener() {};

    /** The store stopped to work; the reason says what is wrong and what to do, in one line without a password. */
    default void began(String reason) {}

    /** The store of this name works again. */
    default void ended(String store) {}
}
