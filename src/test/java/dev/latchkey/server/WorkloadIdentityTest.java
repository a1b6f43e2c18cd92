package dev.latchkey.server;

import static dev.latchkey.harness.Answers.accessToken;
import static dev.latchkey.harness.Answers.json;
import static dev.latchkey.server.AssertionClient.assertOneRefusal;
import static dev.latchkey.server.AssertionClient.publicSet;
import static dev.latchkey.server.WorkloadIssuer.EC;
import static dev.latchkey.server.WorkloadIssuer.RSA;
import static dev.latchkey.server.WorkloadIssuer.signed;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.cli.CliRun;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.harness.StderrCapture;
import dev.latchkey.harness.TestService;
import dev.latchkey.permission.Actor;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tokens of trusted issuers stand for the secrets of keys that trust their subjects. */
class WorkloadIdentityTest {
    private static final Actor OWNER = Actor.operator("test");
    private static final String ISSUER = "https://id.example";
    private static final String TRUST = "{\"issuer\":\"github\",\"subject\":\"repo:acme/app:ref:refs/heads/main\","
            + "\"claims\":{\"environment\":\"prod\"}}";

    @RegisterExtension
    private static final TestService service = TestService.fresh(Map.of(ServeFlag.ISSUER, ISSUER));

    private static final WorkloadIssuer issuer = new WorkloadIssuer();
    private static WorkloadClient client;
    private static AccessKey key;

    @BeforeAll
    static void trust() {
        client = new WorkloadClient(service);
        client.trust("github", issuer.url(), ",\"max_age\":600");
        key = client.key("ci", TRUST);
    }

    @AfterAll
    static void close() {
        issuer.close();
    }

    private static Instant now() {
        return service.clock().instant();
    }

    private static String token(Consumer<Map<String, Object>> change) {
        return issuer.token(ISSUER, now(), change);
    }

    @Test
    void aJobWithoutSecret_getsTheTokenOfItsKey_asOftenAsItAsks() throws Exception {
        String token = token(claims -> {});

        HttpResponse<String> answer = client.post(token);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(service.verify(accessToken(answer), "?scope=fx").headers().firstValue("X-Latchkey-Client-Id"))
                .contains(key.id());
        assertThat(client.post(token, "&client_id=" + key.id()).statusCode()).isEqualTo(200);
        assertThat(client.post(signed(JWSAlgorithm.ES256, EC, issuer.claims(ISSUER, now(), claims -> {})))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aPod_ofAClusterWhoseIssuerCannotBeReached_getsATokenByThePastedSet() {
        String iss = "https://kubernetes.default.svc";
        String subject = "system:serviceaccount:shop:orders";
        for (String cluster : List.of("east", "west")) {
            String set = publicSet(cluster.equals("east") ? RSA : AssertionClient.OTHER_RSA);
            client.trust(cluster, iss, ",\"jwks\":" + set + ",\"audience\":\"latchkey\"");
        }
        AccessKey pod = client.key("pod", "{\"issuer\":\"east\",\"subject\":\"" + subject + "\"}");
        Map<String, Object> claims = issuer.claims("latchkey", now(), all -> {
            all.put("iss", iss);
            all.put("sub", subject);
            all.put("aud", List.of("latchkey"));
            all.put("kubernetes.io", Map.of("namespace", "shop"));
        });

        HttpResponse<String> answer = client.post(signed(JWSAlgorithm.RS256, RSA, claims));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(json(service.post("/connect/introspect", service.key("fx"), "token=" + accessToken(answer))))
                .containsEntry("sub", pod.id());
        // The other cluster's tokens have the same iss and sub.
        assertOneRefusal(client.post(signed(JWSAlgorithm.RS256, AssertionClient.OTHER_RSA, claims)));
    }

    @Test
    void eachRule_refusesByItself_andTheLogSaysWhich() throws Exception {
        long at = now().getEpochSecond();
        Map<String, Object> good = issuer.claims(ISSUER, now(), claims -> {});

        refused("not trusted", token(claims -> claims.put("iss", issuer.url() + "/")));
        refused("which no key trusts", token(claims -> claims.put("sub", "repo:acme/app:ref:refs/heads/ma")));
        refused("\"environment\", not \"prod\"", token(claims -> claims.put("environment", "dev")));
        refused("no such string in \"environment\"", token(claims -> claims.put("environment", List.of("prod"))));
        refused("no such string in \"environment\"", token(claims -> claims.remove("environment")));
        refused("(aud)", token(claims -> claims.put("aud", ISSUER + "/")));
        refused("(aud)", token(claims -> claims.put("aud", List.of(ISSUER, "https://other.example"))));
        refused("(exp)", token(claims -> claims.put("exp", at - 30)));
        refused("malformed: no exp", token(claims -> claims.remove("exp")));
        refused("(nbf)", token(claims -> claims.put("nbf", at + 31)));
        refused("(iat)", token(claims -> claims.put("iat", at + 31)));
        refused("has no iat", token(claims -> claims.remove("iat")));
        refused("more than 600 s ago", token(claims -> claims.put("iat", at - 630)));
        refused("not signed by a key of its issuer's JWK Set", signed(JWSAlgorithm.RS256, AssertionClient.RSA, good));
        refused("not signed by a key of its issuer's JWK Set", signed(JWSAlgorithm.RS256, sameKid(), good));
        refused("has the alg PS256", signed(JWSAlgorithm.PS256, RSA, good));
        refused("which the key \"ack_other\" does not trust", token(claims -> {}), "&client_id=ack_other");
        for (long edge : List.of(at - 29, at + 3000)) {
            assertThat(client.post(token(claims -> claims.put("exp", edge))).statusCode())
                    .isEqualTo(200);
        }
        assertThat(client.post(token(claims -> {
                            claims.put("iat", at - 629);
                            claims.put("nbf", at + 30);
                        }))
                        .statusCode())
                .isEqualTo(200);
    }

    private static JWK sameKid() {
        return AssertionClient.rsa(RSA.getKeyID());
    }

    private static void refused(String reason, String token) throws Exception {
        refused(reason, token, "");
    }

    private static void refused(String reason, String token, String more) throws Exception {
        assertThat(StderrCapture.of(() -> assertOneRefusal(client.post(token, more))))
                .contains(reason)
                .doesNotContain(token);
    }

    @Test
    void aSubjectThatSeveralKeysTrust_needsClientId() throws Exception {
        String subject = "\"subject\":\"shared\"";
        AccessKey one = client.key("one", "{\"issuer\":\"github\"," + subject + "}");
        AccessKey prod =
                client.key("two", "{\"issuer\":\"github\"," + subject + ",\"claims\":{\"environment\":\"test\"}}");
        String ofBoth = token(claims -> {
            claims.put("sub", "shared");
            claims.put("environment", "test");
        });

        refused("client_id must say which one", ofBoth);
        for (AccessKey each : List.of(one, prod)) {
            assertThat(service.verify(accessToken(client.post(ofBoth, "&client_id=" + each.id())), "")
                            .headers()
                            .firstValue("X-Latchkey-Client-Id"))
                    .contains(each.id());
        }
        // The claims of the second do not fit, so that one key is left.
        assertThat(client.post(token(claims -> claims.put("sub", "shared"))).statusCode())
                .isEqualTo(200);
    }

    @Test
    void singleUse_takesAJtiOnce_orTheTokenItself() throws Exception {
        client.trust("once", issuer.url(), ",\"single_use\":true");
        client.key("runs", "{\"issuer\":\"once\",\"subject\":\"run\"}");
        Consumer<Map<String, Object>> run = claims -> claims.put("sub", "run");
        String without = token(run);
        String with = token(run.andThen(claims -> claims.put("jti", "j1")));
        String sameJti = token(run.andThen(claims -> claims.put("jti", "j1")).andThen(claims -> claims.put("x", 1)));

        for (String token : List.of(without, with)) {
            assertThat(client.post(token).statusCode()).isEqualTo(200);
            refused("was used before", token);
        }
        refused("was used before (jti)", sameJti);
    }

    @Test
    void disablingAKey_andRemovingAnIssuer_holdAtTheNextToken_onEveryReplica() {
        client.trust("gone", issuer.url(), "");
        AccessKey runs = client.key("ends", "{\"issuer\":\"gone\",\"subject\":\"ends\"}");
        String token = token(claims -> claims.put("sub", "ends"));
        try (TestService replica = service.again(Map.of(ServeFlag.ISSUER, ISSUER))) {
            WorkloadClient there = new WorkloadClient(replica);
            assertThat(client.post(token).statusCode()).isEqualTo(200);
            assertThat(there.post(token).statusCode()).isEqualTo(200);

            service.services().accessKeys().setEnabled(OWNER, runs.id(), false);
            assertOneRefusal(client.post(token));
            assertOneRefusal(there.post(token));

            service.services().accessKeys().setEnabled(OWNER, runs.id(), true);
            assertThat(there.post(token).statusCode()).isEqualTo(200);
            service.services().accessKeys().delete(OWNER, runs.id(), null);
            client.trustNoMore("gone");
            assertOneRefusal(client.post(token));
            assertOneRefusal(there.post(token));
        }
    }

    @Test
    void theKey_saysWhenItsTokensWereTakenAndWhyRefused_andStrangersDoNotHideIt() {
        try (TestService flushed = service.again(Map.of(ServeFlag.ISSUER, ISSUER))) {
            WorkloadClient there = new WorkloadClient(flushed);
            assertThat(there.post(token(claims -> {})).statusCode()).isEqualTo(200);
            assertOneRefusal(there.post(token(claims -> claims.put("environment", "dev"))));
            flushed.clock().advance(Duration.ofSeconds(1));
            // Strangers who know the subject sign with a key of theirs, in a way that is not taken, or not at all.
            Map<String, Object> good = issuer.claims(ISSUER, now(), claims -> {});
            assertOneRefusal(there.post(signed(JWSAlgorithm.RS256, sameKid(), good)));
            assertOneRefusal(there.post(signed(JWSAlgorithm.PS256, RSA, good)));
            String token = token(claims -> {});
            assertOneRefusal(there.post(token.substring(0, token.lastIndexOf('.') + 1) + "AAAA"));
            flushed.clock().advance(Duration.ofSeconds(-1));
        }
        assertThat(service.services().issuers().uses(OWNER, key.id()))
                .singleElement()
                .satisfies(use -> {
                    assertThat(use.lastUsedAt()).isEqualTo(now());
                    assertThat(use.lastRefusedAt()).isEqualTo(now());
                    assertThat(use.lastRefusal()).contains("environment");
                });
        assertThat(service.services()
                        .issuers()
                        .fetch(OWNER, service.services().issuers().get(OWNER, "github"))
                        .keys())
                .containsExactly("w-rsa RSA", "w-ec EC");
    }

    @Test
    void issuersTest_saysRuleByRule_whatFits_andSpendsNothing() {
        String[] command = {
            "issuers", "test", "github", "-", "--db", service.db().toString()
        };
        CliRun good = CliRun.at(now(), Map.of(), token(claims -> {}), command);
        assertThat(good.code()).as(good.out() + good.err()).isZero();
        assertThat(good.out())
                .contains("signature", "max-age", "claims of " + key.id())
                .doesNotContain("must");

        CliRun bad = CliRun.at(
                now(),
                Map.of(),
                signed(JWSAlgorithm.RS256, sameKid(), issuer.claims("else", now(), claims -> claims.put("sub", "x"))),
                command);
        assertThat(bad.code()).isEqualTo(1);
        assertThat(bad.out())
                .contains("is not signed", "which must be " + ISSUER, "which no key trusts", "iss        fits");
    }
}
