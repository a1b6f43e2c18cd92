package dev.latchkey.error;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An expected failure: its message is public, says what is wrong and what to do, and never holds a secret or an
 * internal detail. The cause, where there is one, is for the log alone.
 */
public final class ServiceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** So many bad fields are told at most; a document can hold thousands. */
    public static final int MAX_TOLD = 20;

    private final ErrorKind kind;
    private final transient List<FieldError> errors;
    private final @Nullable Duration retryAfter;
    private final @Nullable String reason;
    private final boolean logged;
    private final @Nullable StartFailure startFailure;

    private ServiceException(
            ErrorKind kind,
            @Nullable String message,
            List<FieldError> errors,
            @Nullable Duration retryAfter,
            @Nullable String reason,
            boolean logged,
            @Nullable StartFailure startFailure,
            @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.errors = List.copyOf(errors);
        this.retryAfter = retryAfter;
        this.reason = reason;
        this.logged = logged;
        this.startFailure = startFailure;
    }

    public static ServiceException of(ErrorKind kind, String message) {
        return new ServiceException(kind, message, List.of(), null, null, false, null, null);
    }

    public static ServiceException of(ErrorKind kind, String message, Throwable cause) {
        return new ServiceException(kind, message, List.of(), null, null, false, null, cause);
    }

    /** Of kind {@link ErrorKind#MISCONFIGURED}. */
    public static ServiceException misconfigured(String message) {
        return of(ErrorKind.MISCONFIGURED, message);
    }

    /** Of kind {@link ErrorKind#MISCONFIGURED}. */
    public static ServiceException misconfigured(String message, Throwable cause) {
        return of(ErrorKind.MISCONFIGURED, message, cause);
    }

    /** Of kind {@link ErrorKind#CONFLICT}. */
    public static ServiceException conflict(String message) {
        return of(ErrorKind.CONFLICT, message);
    }

    /** Of kind {@link ErrorKind#CONFLICT}. */
    public static ServiceException conflict(String message, Throwable cause) {
        return of(ErrorKind.CONFLICT, message, cause);
    }

    /** Of kind {@link ErrorKind#NOT_FOUND}. */
    public static ServiceException notFound(String message) {
        return of(ErrorKind.NOT_FOUND, message);
    }

    /**
     * A failure of kind {@link ErrorKind#UNAVAILABLE} of which an operator may know more than a caller.
     *
     * @param message what a caller is told
     * @param reason what is wrong and what to do, in one line without a password: for the log and the command line
     * @param logged whether the log holds the reason already, as one line for the whole of an outage
     */
    public static ServiceException unavailable(String message, String reason, boolean logged, Throwable cause) {
        return new ServiceException(ErrorKind.UNAVAILABLE, message, List.of(), null, reason, logged, null, cause);
    }

    /** Input with at least one bad field. Of many the first {@value #MAX_TOLD} are told; the message joins them. */
    public static ServiceException invalid(List<FieldError> errors) {
        List<FieldError> told = told(errors);
        String more = errors.size() > MAX_TOLD ? "; and " + (errors.size() - MAX_TOLD) + " more" : "";
        return new ServiceException(ErrorKind.INVALID, joined(told) + more, told, null, null, false, null, null);
    }

    /** As above; of many bad fields those that are told are followed by {@code rest}. */
    public static ServiceException invalid(List<FieldError> errors, FieldError rest) {
        List<FieldError> told =
                Stream.concat(told(errors).stream(), Stream.of(rest)).toList();
        return new ServiceException(ErrorKind.INVALID, joined(told), told, null, null, false, null, null);
    }

    /** Fails with these bad fields, if there are any. */
    public static void throwIfAny(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw invalid(errors);
        }
    }

    private static List<FieldError> told(List<FieldError> errors) {
        return errors.subList(0, Math.min(errors.size(), MAX_TOLD));
    }

    private static String joined(List<FieldError> errors) {
        return errors.stream()
                .map(error -> error.field() + ' ' + error.message())
                .collect(Collectors.joining("; "));
    }

    public static ServiceException invalid(String field, String message) {
        return invalid(List.of(new FieldError(field, message)));
    }

    /** Too many tries; {@code retryAfter} is when the next one may succeed. */
    public static ServiceException tooManyRequests(String message, Duration retryAfter) {
        return new ServiceException(
                ErrorKind.TOO_MANY_REQUESTS, message, List.of(), retryAfter, null, false, null, null);
    }

    /** The same failure with a cause for the log. */
    public ServiceException because(Throwable cause) {
        return new ServiceException(kind, getMessage(), errors, retryAfter, null, false, null, cause);
    }

    /** The same failure of a start; one that says already what failed stays as it is. */
    public ServiceException at(StartFailure failed) {
        if (startFailure != null) {
            return this;
        }
        var told = new ServiceException(kind, getMessage(), errors, retryAfter, reason, logged, failed, getCause());
        told.setStackTrace(getStackTrace());
        return told;
    }

    /** What failed while a service started; null = another thing, or no start. */
    public @Nullable StartFailure startFailure() {
        return startFailure;
    }

    public ErrorKind kind() {
        return kind;
    }

    /** The fields at fault; empty for every kind but {@link ErrorKind#INVALID}. */
    public List<FieldError> errors() {
        return errors;
    }

    /** The {@link #reason} for the log: it names no field that the caller made up. */
    public String logMessage() {
        List<FieldError> known = errors.stream().filter(FieldError::known).toList();
        if (known.size() == errors.size()) {
            return reason();
        }
        String unknown = (errors.size() - known.size()) + " unknown field(s)";
        return known.isEmpty() ? unknown : joined(known) + "; " + unknown;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** What an operator is told, which may be more than the message: for the log and the command line alone. */
    public String reason() {
        return reason == null ? String.valueOf(getMessage()) : reason;
    }

    /** Whether the log holds the reason already and must not hold it again. */
    public boolean isLogged() {
        return logged;
    }
}
