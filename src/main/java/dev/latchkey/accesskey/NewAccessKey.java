package dev.latchkey.accesskey;

/** A key that was just created, and its secret in the clear, which can be read at this moment alone and prints as nothing. */
public record NewAccessKey(AccessKey key, AccessKeySecret secret) {}
