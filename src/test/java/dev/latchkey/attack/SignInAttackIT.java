package dev.latchkey.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Guessing passwords, and having the service hash them. */
class SignInAttackIT {
    private static final String WRONG = "a wrong password of this length";
    private static final String TOO_LONG = "x".repeat(257);

    @RegisterExtension
    static final AttackedService SERVICE = AttackedService.with();

    @Test
    void manyOtherNamesWithTooLongPasswords_doNotMakeTheOwnersCounterForgotten() {
        Attacker attacker = SERVICE.attacker("127.0.0.2");
        for (int i = 0; i < 10; i++) {
            assertThat(attacker.ask(Requests.signIn("owner", WRONG)).status()).isIn(401, 429);
        }
        assertThat(attacker.ask(Requests.signIn("owner", WRONG)).status()).isEqualTo(429);

        Map<Integer, Integer> answers = signInUnderOtherNames(attacker, 11_000, TOO_LONG);

        assertThat(answers.keySet()).isSubsetOf(401, 422, 429);
        assertThat(attacker.ask(Requests.signIn("owner", WRONG)).status()).isEqualTo(429);
        assertThat(SERVICE.client().ask(signInAsOwner()).status())
                .as("from elsewhere")
                .isEqualTo(200);
    }

    @Test
    void signInsAtOnce_beyondFewPerProcessor_areTurnedAway_andTokensGoOn() {
        List<Wire> guesses = new ArrayList<>();
        for (int i = 10; i < 70; i++) {
            Wire wire = SERVICE.attacker("127.0.0." + i).open();
            wire.send(Requests.signIn("someone" + i, WRONG));
            guesses.add(wire);
        }
        for (int i = 0; i < 10; i++) {
            SERVICE.token();
        }

        Map<Integer, Long> answers = guesses.stream()
                .map(wire -> wire.answer().orElseThrow())
                .peek(answer -> assertThat(answer.status() == 401
                                || answer.header("retry-after").isPresent())
                        .as(answer.body())
                        .isTrue())
                .collect(Collectors.groupingBy(Answer::status, Collectors.counting()));
        assertThat(answers.keySet()).isSubsetOf(401, 429, 503);
        assertThat(answers.getOrDefault(401, 0L)).isLessThan(60);
    }

    @Test
    void wrongPasswordsInAnyShape_areAnswered() {
        Attacker attacker = SERVICE.attacker("127.0.0.4");
        for (String password :
                List.of("", " ", "\\u0000", "\\ud800", "\\\\", "é", "x".repeat(256), TOO_LONG, "x".repeat(3_900))) {
            for (String name : List.of("owner", "", " ", "\\u202e", "n".repeat(60), "'; --", "OWNER", "owner\\u0000")) {
                assertThat(attacker.ask(Requests.signIn(name, password)).status())
                        .as("%s %s", name, password)
                        .isIn(400, 401, 413, 422, 429, 503);
            }
        }
    }

    @Test
    void manySessionCookies_costLittle() {
        String cookies = "Cookie: "
                + IntStream.range(0, 180)
                        .mapToObj(i -> "latchkey_session=" + "A".repeat(40) + String.format("%03d", i))
                        .collect(Collectors.joining("; "))
                + "\r\n";

        List<Wire> wires = SERVICE.attacker("127.0.0.5")
                .flood(50, Requests.get("/api/session", cookies).repeat(5));
        SERVICE.token();

        assertThat(wires).extracting(Wire::status).isSubsetOf(401, 503);
    }

    private static String signInAsOwner() {
        return Requests.signIn("owner", PackagedService.OWNER_PASSWORD);
    }

    /** How often each status was answered to sign-ins one after the other. */
    private static Map<Integer, Integer> signInUnderOtherNames(Attacker attacker, int count, String password) {
        Map<Integer, Integer> answers = new HashMap<>();
        int batch = 200;
        Wire wire = attacker.open();
        for (int i = 0; i < count; i += batch) {
            wire.send(IntStream.range(i, i + batch)
                    .mapToObj(number -> Requests.signIn("name" + number, password))
                    .collect(Collectors.joining()));
            for (int j = 0; j < batch; j++) {
                answers.merge(wire.status(), 1, Integer::sum);
            }
        }
        return answers;
    }
}
