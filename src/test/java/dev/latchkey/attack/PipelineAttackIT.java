package dev.latchkey.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests one after the other without reading the answers: they hold no thread and no place that others need. */
class PipelineAttackIT {
    private static final String ATTACKER = "127.0.0.2";
    private static final int PIPELINED = 400;
    private static final int ROUNDS = 8;

    @RegisterExtension
    static final AttackedService SERVICE = AttackedService.with();

    @ParameterizedTest
    @ValueSource(strings = {"/openapi.json", "/dashboard/", "/.well-known/jwks.json", "/health/ready"})
    void strangersWhoNeverRead_keepNoOtherClientWaiting(String path) {
        neverRead(30, Requests.get(path).repeat(PIPELINED));

        assertAllIsServed();
    }

    @Test
    void strangersWhoNeverReadWhatRefusesThem_keepNoOtherClientWaiting() {
        String refused = Requests.get("/api/keys") + Requests.get("/connect/verify") + Requests.get("/nowhere");
        neverRead(30, refused.repeat(PIPELINED));

        assertAllIsServed();
    }

    @Test
    void strangersWhoNeverReadTheFilesOfTheDashboard_keepNoOtherClientWaiting() {
        String page = SERVICE.client().ask(Requests.get("/dashboard/")).body();
        Matcher assets = Pattern.compile("[\"'](/?[^\"']*assets/[^\"']+\\.(?:js|css))[\"']")
                .matcher(page);
        StringBuilder requests = new StringBuilder();
        while (assets.find()) {
            String path = assets.group(1).startsWith("/") ? assets.group(1) : "/dashboard/" + assets.group(1);
            assertThat(SERVICE.client().ask(Requests.get(path)).status()).isEqualTo(200);
            requests.append(Requests.get(path));
        }
        assertThat(requests).isNotEmpty();

        neverRead(30, requests.toString().repeat(50));

        assertAllIsServed();
    }

    @Test
    void strangersWhoPostAndNeverRead_keepNoOtherClientWaiting() {
        String posts = Stream.of("/connect/token", "/connect/introspect", "/connect/revocation", "/api/session")
                .map(path -> Requests.form(path, "a=b", Requests.SAME_ORIGIN))
                .collect(Collectors.joining());
        neverRead(30, posts.repeat(PIPELINED));

        assertAllIsServed();
    }

    @Test
    void aDeveloperWhoNeverReadsLists_keepsNoOtherClientWaiting() {
        for (int i = 0; i < 10; i++) {
            String key = "{\"name\":\"%d\",\"scopes\":[\"fx\"],\"description\":\"%s\"}".formatted(i, "d".repeat(1_000));
            assertThat(SERVICE.api(Requests.json("POST", "/api/keys", key, SERVICE.developer()))
                            .status())
                    .isEqualTo(201);
        }

        neverRead(30, Requests.get("/api/keys", SERVICE.developer()).repeat(100));

        assertAllIsServed();
    }

    @Test
    void clientsWhoNeverReadTheirTokens_keepNoOtherClientWaiting() {
        neverRead(200, Requests.token(Requests.CLIENT).repeat(50));

        assertAllIsServed();
    }

    @Test
    void oneKeyPipeliningOnManyConnections_letsAnotherThrough() {
        String requests = Requests.token(Requests.CLIENT).repeat(30);
        List<Wire> wires = SERVICE.attacker(ATTACKER).flood(300, requests);

        for (int i = 0; i < 5; i++) {
            SERVICE.token();
        }

        assertThat(wires)
                .as("the good client came before all that had been sent earlier")
                .anySatisfy(wire -> assertThat(answered(wire)).isLessThan(30));
    }

    private static int answered(Wire wire) {
        int count = 0;
        while (wire.answer(Duration.ZERO).isPresent()) {
            count++;
        }
        return count;
    }

    @Test
    void pipelinedRequests_areAnsweredInOrder_allOfThem() {
        Wire wire = SERVICE.attacker(ATTACKER).open();
        wire.send((Requests.get("/.well-known/jwks.json")
                        + Requests.token(Requests.CLIENT)
                        + Requests.get("/openapi.json"))
                .repeat(20));

        for (int i = 0; i < 20; i++) {
            assertThat(wire.answer().orElseThrow().body()).startsWith("{\"keys\":");
            assertThat(wire.answer().orElseThrow().body()).startsWith("{\"access_token\":");
            assertThat(wire.answer().orElseThrow().body()).contains("openapi");
        }
    }

    private static void neverRead(int count, String requests) {
        Attacker attacker = SERVICE.attacker(ATTACKER);
        for (int i = 0; i < count; i++) {
            attacker.openNarrow().send(requests);
        }
    }

    /** Everything that needs a thread or a place is had by others, again and again while the attackers' buffers fill. */
    private static void assertAllIsServed() {
        assertThat(SERVICE.client()
                        .ask(Requests.signIn("owner", PackagedService.OWNER_PASSWORD))
                        .status())
                .isEqualTo(200);
        String developer = SERVICE.developer();
        for (int i = 0; i < ROUNDS; i++) {
            String token = SERVICE.token();
            String revocation = Requests.form("/connect/revocation", "token=" + token, Requests.basic(Requests.CLIENT));
            assertThat(SERVICE.promptly(revocation).status()).isEqualTo(200);
            assertThat(SERVICE.promptly(Requests.get("/api/keys", developer)).status())
                    .isEqualTo(200);
            assertThat(SERVICE.promptly(Requests.get("/health/ready")).status()).isEqualTo(200);
            assertThat(SERVICE.promptly(Requests.get("/openapi.json")).status()).isEqualTo(200);
        }
    }
}
