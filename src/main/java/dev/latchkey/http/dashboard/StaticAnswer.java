package dev.latchkey.http.dashboard;

import dev.latchkey.digest.Sha256;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** A text that is the same for everybody, plain and compressed, ready to be sent. Immutable and thread-safe. */
final class StaticAnswer {
    private static final int HASH_BYTES = 12;

    private final String contentType;
    private final String cacheControl;
    private final byte[] plain;
    private final byte[] gzip;
    private final String hash;

    StaticAnswer(String name, String cacheControl, String text) {
        this.contentType = contentType(name);
        this.cacheControl = cacheControl;
        this.plain = text.getBytes(StandardCharsets.UTF_8);
        this.gzip = gzip(plain);
        this.hash = hash(plain);
    }

    /** Answers, or says that what the browser has is still right (RFC 9110 §13.1.2). */
    void send(Context ctx) {
        boolean compressed = acceptsGzip(ctx.header("Accept-Encoding"));
        String tag = '"' + hash + (compressed ? "-gzip\"" : "\"");
        ctx.header("Cache-Control", cacheControl);
        ctx.header("Vary", "Accept-Encoding");
        ctx.header("ETag", tag);
        if (matches(ctx.header("If-None-Match"), tag)) {
            ctx.status(304);
            return;
        }
        ctx.contentType(contentType);
        if (compressed) {
            ctx.header("Content-Encoding", "gzip");
        }
        ctx.result(compressed ? gzip : plain);
    }

    /** The beginning of the SHA-256 of some bytes, in hexadecimal. */
    static String hash(byte[] bytes) {
        return HexFormat.of().formatHex(Sha256.of(bytes), 0, HASH_BYTES);
    }

    private static boolean matches(@Nullable String ifNoneMatch, String tag) {
        return ifNoneMatch != null && (ifNoneMatch.trim().equals("*") || ifNoneMatch.contains(tag));
    }

    /** RFC 9110 §12.5.3, as far as it is about gzip; a weight of zero means no. */
    private static boolean acceptsGzip(@Nullable String acceptEncoding) {
        return acceptEncoding != null
                && Arrays.stream(acceptEncoding.toLowerCase(Locale.ROOT).split(",", -1))
                        .map(coding -> coding.replaceAll("\\s", ""))
                        .anyMatch(coding -> coding.matches("gzip(;q=(1|0?\\.\\d*[1-9]\\d*|1\\.0*))?"));
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return out.toByteArray();
    }

    private static String contentType(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> "text/html;charset=utf-8";
            case "css" -> "text/css;charset=utf-8";
            case "js" -> "text/javascript;charset=utf-8";
            case "svg" -> "image/svg+xml";
            default -> throw new IllegalArgumentException("no content type for " + name);
        };
    }
}
