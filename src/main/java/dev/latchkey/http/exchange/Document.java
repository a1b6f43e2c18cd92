package dev.latchkey.http.exchange;

import dev.latchkey.http.exchange.Answer.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A document that is the same for every client: a public document, a file of the dashboard, the state of health. Its
 * bytes are shared by all answers, so that a client that does not read holds no memory of its own. Immutable and
 * thread-safe; callers must not change the arrays.
 *
 * @param contentType of the body; null when there is none
 * @param gzip the body compressed; null where it is always sent as it is
 * @param tag the entity tag (RFC 9110 §8.8.3), without quotes; null when there is none
 * @param headers what it says beside its type, tag and length
 */
@SuppressWarnings("ArrayRecordComponent")
public record Document(
        int status,
        @Nullable String contentType,
        byte[] body,
        byte @Nullable [] gzip,
        @Nullable String tag,
        List<Header> headers) {
    public Document {
        headers = List.copyOf(headers);
    }

    /** A document with a body, which is always sent whole. */
    public static Document of(int status, String contentType, byte[] body, Header... headers) {
        return new Document(status, contentType, body, null, null, List.of(headers));
    }

    /** No body, only what the headers say, such as where to go instead. */
    public static Document empty(int status, List<Header> headers) {
        return new Document(status, null, new byte[0], null, null, headers);
    }

    /** The same with an entity tag, given without quotes. */
    public Document tagged(String opaqueTag) {
        return new Document(status, contentType, body, gzip, opaqueTag, headers);
    }

    /** The same, sent compressed to those who accept that (RFC 9110 §8.4). */
    public Document compressed() {
        return new Document(status, contentType, body, gzipOf(body), tag, headers);
    }

    /** The same with these headers instead of its own. */
    public Document with(List<Header> others) {
        return new Document(status, contentType, body, gzip, tag, others);
    }

    /** Whether it is to be sent compressed to a client with this {@code Accept-Encoding} (RFC 9110 §12.5.3). */
    public boolean isCompressedFor(@Nullable String acceptEncoding) {
        return gzip != null
                && acceptEncoding != null
                && Arrays.stream(acceptEncoding.toLowerCase(Locale.ROOT).split(",", -1))
                        .map(coding -> coding.replaceAll("\\s", ""))
                        .anyMatch(coding -> coding.matches("gzip(;q=(1|0?\\.\\d*[1-9]\\d*|1\\.0*))?"));
    }

    /** Whether the answer depends on what the client accepts. */
    public boolean varies() {
        return gzip != null;
    }

    /** The bytes of one representation. */
    public byte[] body(boolean compressed) {
        return compressed && gzip != null ? gzip : body;
    }

    /** The entity tag of one representation, with its quotes; null when it has none. */
    public @Nullable String tag(boolean compressed) {
        return tag == null ? null : '"' + tag + (compressed ? "-gzip\"" : "\"");
    }

    /** Whether {@code If-None-Match} names this tag, weak or not, or says {@code *} (RFC 9110 §13.1.2). */
    public static boolean matches(@Nullable String ifNoneMatch, @Nullable String tag) {
        return ifNoneMatch != null && tag != null && (ifNoneMatch.trim().equals("*") || ifNoneMatch.contains(tag));
    }

    private static byte[] gzipOf(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(out)) {
            stream.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return out.toByteArray();
    }
}
