package dev.latchkey.server;

import static dev.latchkey.server.AssertionClient.ISSUER;
import static dev.latchkey.server.AssertionClient.RSA;
import static dev.latchkey.server.AssertionClient.assertOneRefusal;
import static dev.latchkey.server.AssertionClient.publicSet;
import static dev.latchkey.server.AssertionClient.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.harness.TestService;
import dev.latchkey.permission.Actor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An assertion is good once. */
class AssertionReplayTest {
    private static final Actor OWNER = Actor.operator("test");

    @RegisterExtension
    private static final TestService service = TestService.fresh(Map.of(ServeFlag.ISSUER, ISSUER));

    private static AssertionClient client;

    @BeforeAll
    static void register() {
        client = new AssertionClient(service);
    }

    @Test
    void aUsedAssertion_staysUsed_asLongAsItCouldBeTakenAgain() {
        String assertion = client.expiring(service.clock().instant().plusSeconds(10));
        assertThat(client.post(assertion).statusCode()).isEqualTo(200);

        service.clock().advance(Duration.ofSeconds(39));
        assertOneRefusal(client.post(assertion));
    }

    @Test
    void anAssertion_isGoodOnce_onEveryReplica_andAfterARestart() {
        String assertion = client.rs256(claims -> {});
        assertThat(client.post(assertion).statusCode()).isEqualTo(200);

        assertOneRefusal(client.post(assertion));
        try (TestService replica = service.again(Map.of(ServeFlag.ISSUER, ISSUER))) {
            assertOneRefusal(replica.send(client.request(replica, client.form(assertion))));
        }
        service.clock().advance(Duration.ofSeconds(59));
        assertOneRefusal(client.post(assertion));
    }

    @Test
    void anAssertion_presentedManyTimesAtOnce_isGoodOnce() throws Exception {
        String assertion = client.rs256(claims -> {});
        try (TestService replica = service.again(Map.of(ServeFlag.ISSUER, ISSUER))) {
            List<Callable<Integer>> calls = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                TestService at = i % 2 == 0 ? service : replica;
                calls.add(() ->
                        at.send(client.request(at, client.form(assertion))).statusCode());
            }
            ExecutorService threads = Executors.newFixedThreadPool(calls.size());
            List<Integer> answers = new ArrayList<>();
            for (Future<Integer> future : threads.invokeAll(calls)) {
                answers.add(future.get());
            }
            threads.shutdown();

            assertThat(answers)
                    .containsOnlyOnce(200)
                    .filteredOn(status -> status == 401)
                    .hasSize(7);
        }
    }

    @Test
    void theSameId_ofAnotherKey_isAnotherAssertion_andAnIdIsRequired() {
        AccessKey other = client.create(settings("other", publicSet(RSA), true, null));

        assertThat(client.ask(claims -> claims.jwtID("shared")).statusCode()).isEqualTo(200);
        assertThat(client.ask(claims ->
                                claims.jwtID("shared").issuer(other.id()).subject(other.id()))
                        .statusCode())
                .isEqualTo(200);
        assertOneRefusal(client.ask(claims -> claims.jwtID("shared")));
        assertOneRefusal(client.ask(claims -> claims.jwtID(null)));
        assertOneRefusal(client.ask(claims -> claims.jwtID("")));
        assertThat(client.ask(claims -> claims.jwtID("\0 ' 🔑" + "x".repeat(500)))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aRefusedAssertion_isNotUsedUp() {
        String assertion = client.rs256(claims -> {});
        service.services().accessKeys().setEnabled(OWNER, client.key().id(), false);
        assertOneRefusal(client.post(assertion));
        service.services().accessKeys().setEnabled(OWNER, client.key().id(), true);

        assertThat(client.post(assertion).statusCode()).isEqualTo(200);
    }
}
