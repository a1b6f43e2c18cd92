package dev.latchkey.http.api;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.http.exchange.HttpRefusal;
import io.javalin.http.Context;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Guards a change against overwriting one that the caller has not seen (RFC 9110 §13.1.1). An entity tag is a revision
 * in quotes. A proxy that compresses an answer weakens its tag ({@code W/"7"}, as nginx does) or names the coding in it
 * ({@code "7-gzip"}, as Apache and Caddy do), and passes what the client sends back on as it is. A revision is the same
 * in every coding, so that such a tag counts as ours although RFC 9110 compares strongly.
 */
final class IfMatch {
    private static final Pattern TAG = Pattern.compile("(W/)?\"([\\x21\\x23-\\x7E\\x80-\\xFF]*)\"");
    private static final Pattern REVISION = Pattern.compile("([1-9][0-9]{0,17})(?:(?:--?|;)(?:gzip|br|zstd|deflate))?");

    /** Stands for a tag that is none of ours: no thing ever has this revision. */
    private static final long NO_REVISION = -1;

    private IfMatch() {}

    /** A change that fails with PRECONDITION_FAILED unless the thing is at this revision; null = at any. */
    interface Change<T> {
        T apply(@Nullable Long expectedRevision);
    }

    static String tag(long revision) {
        return '"' + Long.toString(revision) + '"';
    }

    /**
     * Makes a change if the thing is as the caller saw it, or whatever it is where the caller does not say.
     *
     * @throws HttpRefusal 400 when the header is malformed
     */
    static <T> T apply(Context ctx, Change<T> change) {
        List<String> headers = Collections.list(ctx.req().getHeaders("If-Match"));
        String value = String.join(",", headers).trim();
        if (headers.isEmpty() || value.equals("*")) {
            return change.apply(null);
        }
        ServiceException last = null;
        for (long revision : revisions(value)) {
            try {
                return change.apply(revision);
            } catch (ServiceException e) {
                if (e.kind() != ErrorKind.PRECONDITION_FAILED) {
                    throw e;
                }
                last = e;
            }
        }
        throw last == null ? malformed() : last;
    }

    private static Set<Long> revisions(String value) {
        Set<Long> revisions = new LinkedHashSet<>();
        Matcher tags = TAG.matcher(value);
        int end = 0;
        while (tags.find()) {
            checkGap(value.substring(end, tags.start()), end > 0);
            Matcher revision = REVISION.matcher(tags.group(2));
            revisions.add(revision.matches() ? Long.parseLong(revision.group(1)) : NO_REVISION);
            end = tags.end();
        }
        checkGap(value.substring(end), end == 0);
        return revisions;
    }

    /** Commas and white space alone stand around tags (RFC 9110 §5.6.1). */
    private static void checkGap(String gap, boolean comma) {
        boolean separator = gap.chars().allMatch(c -> c == ',' || c == ' ' || c == '\t');
        if (!separator || (comma && gap.indexOf(',') < 0)) {
            throw malformed();
        }
    }

    private static HttpRefusal malformed() {
        return new HttpRefusal(400, "If-Match must be the ETag of an earlier answer, in quotes, or *.");
    }
}
