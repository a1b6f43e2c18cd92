package dev.latchkey.dev;

import dev.latchkey.dev.profile.BaseUrl;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * What the URLs of endpoints begin with: inside and outside a container the service has other names. The issuer has one.
 * Thread-safe.
 */
final class AdvertisedUrls {
    private static final String TOKEN = "/connect/token";
    private static final int MAX_REMEMBERED = 256;

    private final String issuer;
    private final String scheme;
    private final DevHosts hosts;

    /** Forgets the oldest: what is put in comes from requests without credentials. */
    private final Set<String> advertised = Collections.newSetFromMap(Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAX_REMEMBERED;
        }
    }));

    /** @param scheme by which the service is reached */
    AdvertisedUrls(String issuer, String scheme, DevHosts hosts) {
        this.issuer = issuer;
        this.scheme = scheme;
        this.hosts = hosts;
    }

    /** What the URLs begin with for this request: the host that it names, or the issuer where that is its host or none. */
    String base(Request request) {
        String base = BaseUrl.of(request, issuer);
        advertised.add(base);
        return base;
    }

    /** Whether a URL is that of the token endpoint at a host that may be this service, or that metadata has named. */
    boolean isTokenEndpoint(String url) {
        if (url.endsWith(TOKEN) && advertised.contains(url.substring(0, url.length() - TOKEN.length()))) {
            return true;
        }
        try {
            URI uri = new URI(url);
            @Nullable String authority = uri.getRawAuthority();
            return authority != null
                    && BaseUrl.isHost(authority.toLowerCase(Locale.ROOT))
                    && url.equals(scheme + "://" + authority + BaseUrl.path(issuer) + TOKEN)
                    && hosts.isOwn(authority);
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
