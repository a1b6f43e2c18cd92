package dev.latchkey.bench;

import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A store in a file, and the key in it.
 *
 * @param secret of the key, and of its copies; never printed
 */
record Store(Path db, String id, String secret) {
    /** Makes a store with one key. A service that has not started yet on it has its signing keys still to make. */
    static Store make(Programs programs, Path db) throws IOException {
        List<String> command = programs.jarAlone(
                "keys", "create", "bench", "--scopes", "bench", "--add-scopes", "--json", "--db", db.toString());
        Map<String, Object> key = json(Tool.run(Map.of(), command));
        return new Store(db, String.valueOf(key.get("id")), String.valueOf(key.get("secret")));
    }

    Request token() {
        return Request.token("/connect/token", id, secret);
    }

    /** A token for the key, by the service that runs on this store. */
    String accessToken(ServiceProcess service) throws IOException {
        Request token = token();
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.url() + token.path()))
                .header("Authorization", token.authorization())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(token.body()))
                .build();
        try {
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            return String.valueOf(json(answer.body()).get("access_token"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static Map<String, Object> json(String text) throws IOException {
        try {
            return JsonReader.object(text);
        } catch (JsonSyntaxException e) {
            throw new IOException("no JSON where there should be some", e);
        }
    }

    @Override
    public String toString() {
        return db.toString();
    }
}
