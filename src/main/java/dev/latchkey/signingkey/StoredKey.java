package dev.latchkey.signingkey;

/** A signing key and its private part, to be stored. */
public record StoredKey(SigningKey key, StoredPrivateKey privateKey) {}
