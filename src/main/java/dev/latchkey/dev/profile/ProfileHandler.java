package dev.latchkey.dev.profile;

import dev.latchkey.dev.profile.Profiles.Match;
import dev.latchkey.http.exchange.Answer;
import dev.latchkey.http.exchange.Answer.Header;
import dev.latchkey.http.exchange.Document;
import dev.latchkey.http.exchange.ErrorAnswers;
import dev.latchkey.http.exchange.FormBody;
import dev.latchkey.http.exchange.FormRequest;
import dev.latchkey.http.exchange.HttpRefusal;
import dev.latchkey.http.log.LoggedRequest;
import dev.latchkey.http.server.DocumentHandler;
import dev.latchkey.http.server.FrontHandler;
import dev.latchkey.http.server.JettyAnswers;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.server.ServiceParts;
import dev.latchkey.token.OAuthError;
import dev.latchkey.token.SignedClaims;
import dev.latchkey.token.TokenRefusedException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Answers at the paths of the profiles. A JWK Set is the service's own, at another path; forms are read as strictly as at
 * the contract's endpoints, and worked on by a thread of the pool.
 */
public final class ProfileHandler extends FrontHandler {
    private static final Header FIVE_MINUTES = new Header("Cache-Control", "public, max-age=300");
    private static final String JWK_SET = "/.well-known/jwks.json";

    private final Profiles profiles;
    private final ServiceParts parts;
    private final Function<byte[], SignedClaims> reader;
    private final String issuerPath;

    ProfileHandler(Profiles profiles, ServiceParts parts) {
        this.profiles = profiles;
        this.parts = parts;
        this.reader = profiles.claimsReader(parts.settings().issuer());
        this.issuerPath = BaseUrl.path(parts.settings().issuer());
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = BaseUrl.below(issuerPath, Request.getPathInContext(request));
        Optional<Match> found = profiles.find(path);
        // A path that two readers could take for different ones is refused further on.
        if (found.isEmpty() || request.getHttpURI().isAmbiguous()) {
            return super.handle(request, response, callback);
        }
        Match match = found.get();
        return switch (match.kind()) {
            case JWKS -> super.handle(path.equals(JWK_SET) ? request : at(JWK_SET, request), response, callback);
            case METADATA -> metadata(match, request, response, callback);
            default -> form(match, request, response, callback);
        };
    }

    private boolean metadata(Match match, Request request, Response response, Callback callback) {
        DocumentHandler.Target target = new DocumentHandler.Target(
                path -> CompletableFuture.completedFuture(
                        document(match, BaseUrl.of(request, parts.settings().issuer()))),
                true);
        if (!DocumentHandler.answer(target, request.getComponents().getExecutor(), request, response, callback)) {
            methodNotAllowed("GET, HEAD, OPTIONS", request, response, callback);
        }
        return true;
    }

    /** The discovery document of a realm or tenant (OpenID Connect Discovery §3). Its {@code issuer} is what tokens say. */
    private Document document(Match match, String base) {
        Map<String, Object> values = new HashMap<>();
        values.put("iss", match.profile().issuerOf(parts.settings().issuer(), match.place()));
        match.profile().paths().forEach((kind, path) -> values.put(kind.publicName(), base + path.with(match.place())));
        values.put("revocation", base + "/connect/revocation");
        values.put("grant_types", parts.http().tokens().grantTypes());
        values.put("scopes_supported", parts.http().scopeNames().get());
        values.put(
                "algorithms",
                parts.http().signingKeys().published().stream()
                        .map(key -> key.algorithm().publicName())
                        .distinct()
                        .toList());
        JsonTemplate template = match.profile().metadata().orElseThrow();
        return Document.of(200, "application/json", JsonBinding.bytes(template.fill(values)), FIVE_MINUTES);
    }

    private boolean form(Match match, Request request, Response response, Callback callback) {
        if (HttpMethod.POST.is(request.getMethod())) {
            Exchange exchange = new Exchange(ProfileEndpoint.at(match, parts, reader), request, response, callback);
            readOnPool(request, FormRequest.MAX_BYTES, exchange::work, refusal -> exchange.fail(refusal, null));
        } else {
            methodNotAllowed("POST", request, response, callback);
        }
        return true;
    }

    private static void methodNotAllowed(String allow, Request request, Response response, Callback callback) {
        Header header = new Header("Allow", allow);
        // The path of any OAuth endpoint: the error has that form.
        Answer answer =
                ErrorAnswers.at("/connect/", 405, "invalid_request", "This path answers " + allow + " only.", header);
        JettyAnswers.writeError(answer, request, response, callback);
    }

    private static Request at(String path, Request request) {
        HttpURI uri = HttpURI.build(request.getHttpURI()).path(path).asImmutable();
        return new Request.Wrapper(request) {
            @Override
            public HttpURI getHttpURI() {
                return uri;
            }
        };
    }

    /** One posted form. */
    private record Exchange(ProfileEndpoint endpoint, Request request, Response response, Callback callback) {
        private void work(byte[] body) {
            @Nullable FormRequest form = null;
            try {
                form = new FormRequest(
                        LoggedRequest.of(request.getAttribute(LoggedRequest.ATTRIBUTE)),
                        request.getHeaders().getValuesList(HttpHeader.AUTHORIZATION),
                        parse(body));
                Answer answer = endpoint.answer(form);
                endpoint.own().answered(answer.error(), request.getBeginNanoTime());
                JettyAnswers.write(answer, response, callback);
            } catch (RuntimeException e) {
                fail(e, form);
            }
        }

        private FormBody parse(byte[] body) {
            byte[] form = endpoint.form(request.getHeaders().get(HttpHeader.CONTENT_TYPE), body);
            try {
                return FormBody.parse(form, endpoint.own().repeatable());
            } catch (HttpRefusal e) {
                throw TokenRefusedException.of(OAuthError.INVALID_REQUEST, e.description(), e.reason());
            }
        }

        private void fail(RuntimeException failure, @Nullable FormRequest form) {
            Answer answer = endpoint.errors().answer(failure, form, JettyAnswers.of(failure, request));
            endpoint.own().answered(answer.error(), request.getBeginNanoTime());
            JettyAnswers.writeError(answer, request, response, callback);
        }
    }
}
