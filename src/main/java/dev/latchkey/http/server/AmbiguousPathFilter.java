package dev.latchkey.http.server;

import dev.latchkey.http.exchange.HttpRefusal;
import java.util.EnumSet;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Refuses paths that two readers could take for different ones: an empty segment, an encoded slash, dot or percent
 * sign. Only the name of a scope may have the encoded ones, since a scope may be called so (RFC 6749 §3.3); nothing reads
 * that name as a path.
 */
final class AmbiguousPathFilter extends Handler.Wrapper {
    /** What the server lets through to here. */
    static final UriCompliance COMPLIANCE = new UriCompliance(
            "LATCHKEY",
            EnumSet.of(
                    Violation.AMBIGUOUS_EMPTY_SEGMENT,
                    Violation.AMBIGUOUS_PATH_SEPARATOR,
                    Violation.AMBIGUOUS_PATH_ENCODING,
                    Violation.AMBIGUOUS_PATH_SEGMENT));

    private static final String SCOPE = "/api/scopes/";

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (request.getHttpURI().isAmbiguous() && !isScope(request.getHttpURI().getPath())) {
            HttpRefusal refusal =
                    new HttpRefusal(400, "The path has an empty segment, or an encoded slash, dot or percent sign.");
            JettyAnswers.writeError(refusal, request, response, callback);
            return true;
        }
        return super.handle(request, response, callback);
    }

    /** Whether what follows the collection of scopes, wherever that stands, is one segment. */
    private static boolean isScope(String rawPath) {
        int start = rawPath.indexOf(SCOPE);
        boolean plainBefore = start >= 0 && !rawPath.contains("//") && rawPath.indexOf('%') > start;
        return plainBefore && rawPath.indexOf('/', start + SCOPE.length()) < 0;
    }
}
