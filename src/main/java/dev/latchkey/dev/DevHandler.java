package dev.latchkey.dev;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.dev.endpoint.DevEndpoint;
import dev.latchkey.dev.profile.BaseUrl;
import dev.latchkey.error.FieldError;
import dev.latchkey.error.ServiceException;
import dev.latchkey.http.exchange.Answer;
import dev.latchkey.http.exchange.Answer.Header;
import dev.latchkey.http.exchange.ErrorAnswers;
import dev.latchkey.http.exchange.FormBody;
import dev.latchkey.http.exchange.HttpRefusal;
import dev.latchkey.http.exchange.MediaType;
import dev.latchkey.http.server.FrontHandler;
import dev.latchkey.http.server.JettyAnswers;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code /dev} and what is below it, and keeps pages of other names and origins from it and from {@code /api}.
 */
final class DevHandler extends FrontHandler {
    private static final int MAX_BODY_BYTES = 1024 * 1024;

    private final DevHosts hosts;
    private final String issuerPath;
    private final List<DevEndpoint> endpoints;

    /** @param issuerPath the path of the issuer, below which everything answers too; empty = it has none */
    DevHandler(DevHosts hosts, String issuerPath, List<DevEndpoint> endpoints) {
        this.hosts = hosts;
        this.issuerPath = issuerPath;
        this.endpoints = List.copyOf(endpoints);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = BaseUrl.below(issuerPath, Request.getPathInContext(request));
        boolean dev = BaseUrl.isAtOrBelow("/dev", path);
        if (!dev && !BaseUrl.isAtOrBelow("/api", path)) {
            return super.handle(request, response, callback);
        }
        try {
            hosts.require(
                    request.getHeaders().get(HttpHeader.HOST),
                    request.getHttpURI().getAuthority(),
                    request.getHeaders().getValuesList(HttpHeader.ORIGIN));
        } catch (ServiceException e) {
            JettyAnswers.writeError(e, request, response, callback);
            return true;
        }
        if (!dev) {
            return super.handle(request, response, callback);
        }
        DevEndpoint endpoint = find(path, request, response, callback);
        if (endpoint != null) {
            Exchange exchange = new Exchange(endpoint, request, response, callback);
            readOnPool(request, MAX_BODY_BYTES, exchange::answer, exchange::fail);
        }
        return true;
    }

    /** The endpoint that is meant; null where there is none and that is answered. */
    private @Nullable DevEndpoint find(String path, Request request, Response response, Callback callback) {
        List<DevEndpoint> here =
                endpoints.stream().filter(one -> one.path().equals(path)).toList();
        for (DevEndpoint one : here) {
            if (one.method().equals(request.getMethod())) {
                return one;
            }
        }
        Answer answer;
        if (here.isEmpty()) {
            answer = ErrorAnswers.at(path, 404, "not_found", "There is nothing here. Below /dev there are " + paths());
        } else {
            String allow = here.stream().map(DevEndpoint::method).collect(Collectors.joining(", "));
            answer = ErrorAnswers.at(
                    path, 405, "invalid_request", "This path answers " + allow + " only.", new Header("Allow", allow));
        }
        JettyAnswers.writeError(answer, request, response, callback);
        return null;
    }

    private String paths() {
        return endpoints.stream().map(DevEndpoint::path).distinct().collect(Collectors.joining(", ", "", "."));
    }

    /** One request to an endpoint. */
    private record Exchange(DevEndpoint endpoint, Request request, Response response, Callback callback) {
        private void answer(byte[] body) {
            try {
                var unused = endpoint.handler()
                        .apply(new DevEndpoint.Call(object(body), query()))
                        .whenComplete((answer, failure) -> {
                            if (failure == null) {
                                JettyAnswers.write(answer, response, callback);
                            } else {
                                Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                                fail(cause == null ? failure : cause);
                            }
                        });
            } catch (RuntimeException e) {
                fail(e);
            }
        }

        private void fail(Throwable failure) {
            JettyAnswers.writeError(failure, request, response, callback);
        }

        private ObjectNode object(byte[] body) {
            if (body.length == 0) {
                return JsonBinding.object();
            }
            MediaType.require(request.getHeaders().get(HttpHeader.CONTENT_TYPE), "application/json");
            try {
                if (JsonBinding.read(body, JsonLimits.OBJECT) instanceof ObjectNode object) {
                    return object;
                }
            } catch (JsonSyntaxException e) {
                throw new HttpRefusal(400, "The body " + e.getMessage() + ".");
            }
            throw ServiceException.invalid(List.of(new FieldError("body", "must be a JSON object")));
        }

        private FormBody query() {
            String text = request.getHttpURI().getQuery();
            try {
                return FormBody.parse(text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8), "");
            } catch (HttpRefusal e) {
                throw new HttpRefusal(400, "The query is malformed or repeats a parameter; send each one once.");
            }
        }
    }
}
