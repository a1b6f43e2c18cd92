package dev.latchkey.error;

/**
 * One thing wrong with one field of the input.
 *
 * @param field the field's public name, such as {@code token_lifetime} or {@code scopes[2]}
 * @param message what is wrong and what to do, fit to be shown to the caller
 */
public record FieldError(String field, String message) {}
