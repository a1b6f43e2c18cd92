package dev.latchkey.error;

/** What a service failed at while it started, where callers act on it differently. */
public enum StartFailure {
    /** Something else listens on the port, or the address is not one of this machine. */
    ADDRESS,
    /** The store was made by a newer version. */
    STORE_NEWER,
    /** The store is there and cannot be used, or is not there and must not be made. */
    STORE
}
