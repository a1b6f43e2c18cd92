package dev.latchkey.signingkey;

/**
 * One rotation.
 *
 * @param retired what the active key becomes
 * @param keepRetired whether it stays published; otherwise it is dropped at once
 * @param active what the next key becomes, with its private part as it is stored
 * @param next the new next key
 */
public record Rotation(SigningKey retired, boolean keepRetired, StoredKey active, StoredKey next) {}
