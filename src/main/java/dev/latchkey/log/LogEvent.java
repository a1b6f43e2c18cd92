package dev.latchkey.log;

import org.slf4j.Logger;
import org.slf4j.spi.LoggingEventBuilder;

/** The kinds of lines in the log. Their names are public: alerts and filters are written for them. */
public enum LogEvent {
    CLIENT_REFUSED("client.refused", "a client did not prove which access key it is, or the key may not act now"),
    TOKEN_REFUSED("token.refused", "a known client asked for what it may not have, or wrongly"),
    VERIFY_REFUSED("verify.refused", "forward authentication let a request not pass"),
    INTROSPECTION_INACTIVE("introspection.inactive", "a client asked about a token that does not count"),
    REVOCATION_IGNORED("revocation.ignored", "a client asked to revoke what is no token of its own"),
    SIGN_IN("sign_in.done", "a user signed in"),
    SIGN_IN_REFUSED("sign_in.refused", "a sign-in failed, or was not tried because too many had failed"),
    API_REFUSED("api.refused", "the management API refused a call: not signed in, role too low, bad input, conflict"),
    REQUEST_MALFORMED(
            "request.malformed",
            "a request was wrong, whichever client sent it: too large, malformed, of the wrong type"),
    REQUESTS_UNLOGGED("request.unlogged", "so many malformed requests have no line, because there were too many"),
    REQUEST_UNAVAILABLE("request.unavailable", "a request was answered 503 because the store cannot be used"),
    REQUEST_FAILED("request.failed", "a request failed by a defect of Latchkey"),
    REQUESTS_SHED("request.shed", "so many requests or connections were turned away; there were too many"),
    REQUESTS_DROPPED("request.dropped", "the service ended before some requests did"),
    STORE_DOWN("store.down", "the store cannot be used"),
    STORE_UP("store.up", "the store can be used again"),
    STORE_NOTE("store.note", "something about the store's files, such as a left-over of a backup"),
    SIGNING_KEY_CHANGED("signing_key.changed", "another key signs from now on, or keys were encrypted"),
    SIGNING_KEY_PROBLEM("signing_key.problem", "a signing key cannot be used or is not safe as it is"),
    SIGNER_CHOSEN("signer.chosen", "what makes the signatures: AWS-LC, or the JDK and why"),
    SIGNER_FAILED("signer.failed", "the native signer does not work as it should; the JDK signs or verifies"),
    CERTIFICATE_RENEWED("certificate.renewed", "a renewed certificate is in use"),
    CERTIFICATE_PROBLEM("certificate.problem", "a certificate cannot be used, or clients will refuse it"),
    SEED_PROBLEM("seed.problem", "the seed's file is open to others"),
    TASK_FAILED("task.failed", "something that is done from time to time fails"),
    TASK_RECOVERED("task.recovered", "it works again"),
    LISTENER_FAILED("listener.failed", "a listener of the embedding program threw"),
    SERVICE_FAILED("service.failed", "the service did not start, or did not end in order"),
    NOTICE("notice", "what a start tells the person who started it"),
    OTHER("other", "a line of a library");

    private final String id;
    private final String meaning;

    LogEvent(String id, String meaning) {
        this.id = id;
        this.meaning = meaning;
    }

    /** The name in JSON. */
    public String id() {
        return id;
    }

    /** What has happened, in words. */
    public String meaning() {
        return meaning;
    }

    /** Begins a line of this kind, as the other levels do. */
    public LoggingEventBuilder debug(Logger log) {
        return of(log.atDebug());
    }

    public LoggingEventBuilder info(Logger log) {
        return of(log.atInfo());
    }

    /** For what a person should look at. */
    public LoggingEventBuilder warn(Logger log) {
        return of(log.atWarn());
    }

    /** For what a person must look at. */
    public LoggingEventBuilder error(Logger log) {
        return of(log.atError());
    }

    private LoggingEventBuilder of(LoggingEventBuilder line) {
        return line.addKeyValue(LogField.EVENT.key(), id);
    }
}
