package dev.latchkey.cli.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Says why a service did not answer, and what to do. */
final class WebCallFailure {
    private WebCallFailure() {}

    static String explain(URI uri, IOException e) {
        String place = uri.getScheme() + "://" + uri.getAuthority();
        String otherScheme = uri.getScheme().equalsIgnoreCase("http")
                ? "; if it serves HTTPS, give --url https://" + uri.getAuthority()
                : "; if it serves plain HTTP, give --url http://" + uri.getAuthority();
        if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
            return "nothing listens at " + place + "; start the service (latchkey serve) or give its --url";
        }
        if (e instanceof UnknownHostException) {
            return "there is no host " + uri.getHost() + "; check the URL";
        }
        if (e instanceof SocketTimeoutException) {
            return "no answer from " + place + " within 10 seconds; check the URL" + otherScheme;
        }
        if (e instanceof SSLException) {
            return tls(uri, place, e);
        }
        return "the exchange with " + place + " broke off: " + e.getMessage() + otherScheme;
    }

    private static String tls(URI uri, String place, IOException e) {
        String reason = String.valueOf(e.getMessage());
        if (reason.contains("Unsupported or unrecognized SSL message")) {
            return place + " does not speak HTTPS; if it serves plain HTTP, give --url http://" + uri.getAuthority();
        }
        if (cause(e, CertificateExpiredException.class).isPresent()) {
            return "the certificate of " + place + " has expired; renew it";
        }
        if (cause(e, CertificateNotYetValidException.class).isPresent()) {
            return "the certificate of " + place + " is not valid yet; check the clocks";
        }
        if (cause(e, CertPathBuilderException.class).isPresent()) {
            return "the certificate of " + place
                    + " is signed by itself or by an authority that is not trusted here; name"
                    + " the file of the authority with " + ServerTrust.CA_FILE;
        }
        if (reason.contains("No subject alternative") || reason.contains("No name matching")) {
            return "the certificate of " + place + " is for other names than " + uri.getHost()
                    + "; give a --url with one of its names";
        }
        return "no safe connection to " + place + ": " + reason;
    }

    private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return Optional.of(type.cast(each));
            }
        }
        return Optional.empty();
    }
}
