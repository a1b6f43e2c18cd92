package com.example.forwardauth;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** Asks Latchkey about each request before it is handled, as a proxy would. */
// region: handler
public final class ForwardAuth implements Handler {
    /** The access key that a request that was let pass has a token of. */
    public static final String CLIENT_ID = "client-id";

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI verify;

    public ForwardAuth(URI latchkey, String scope) {
        verify = URI.create(latchkey + "/connect/verify?scope=" + scope);
    }

    @Override
    public void handle(Context context) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(verify).timeout(Duration.ofSeconds(5));
        String token = context.header("Authorization");
        if (token != null) {
            request.header("Authorization", token);
        }
        HttpResponse<Void> answer;
        try {
            answer = client.send(request.build(), BodyHandlers.discarding());
        } catch (IOException e) {
            refuse(context, 503);
            return;
        }
        if (answer.statusCode() == 200) {
            context.attribute(
                    CLIENT_ID,
                    answer.headers().firstValue("X-Latchkey-Client-Id").orElseThrow());
            return;
        }
        answer.headers().firstValue("WWW-Authenticate").ifPresent(why -> context.header("WWW-Authenticate", why));
        refuse(context, List.of(401, 403).contains(answer.statusCode()) ? answer.statusCode() : 503);
    }

    private static void refuse(Context context, int status) {
        context.status(status).skipRemainingHandlers();
    }
}
// endregion
