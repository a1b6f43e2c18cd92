package dev.latchkey.accesskey;

/**
 * A key that was just created, and the one moment its secret can be read.
 *
 * @param key the stored key
 * @param secret its secret in the clear; prints as nothing
 */
public record NewAccessKey(AccessKey key, AccessKeySecret secret) {}
