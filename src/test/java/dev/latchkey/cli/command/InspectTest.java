package dev.latchkey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.CliRun;
import dev.latchkey.cli.CliStore;
import dev.latchkey.cli.StubService;
import dev.latchkey.jose.TokenForge;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InspectTest {
    private static final TokenForge KEY = TokenForge.withKeyOf(2048);
    private static final String SECRET = "acs_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private static String token(long lifetime) {
        long now = CliRun.NOW.getEpochSecond();
        return KEY.sign(
                KEY.header(),
                "{\"iss\":\"http://localhost:8080\",\"aud\":[\"api\"],\"iat\":" + now + ",\"exp\":" + (now + lifetime)
                        + ",\"note\":\"a\\u001bb\"}");
    }

    private static Map<String, Object> json(CliRun run) throws JsonSyntaxException {
        return JsonReader.object(run.out());
    }

    @Nested
    class AgainstAKeySet {
        private CliRun inspect(String token, String... more) {
            try (StubService service = StubService.answering(200, KEY.jwkSet())) {
                String[] args = new String[4 + more.length];
                System.arraycopy(new String[] {"inspect", token, "--jwks-url", service.url() + "/jwks"}, 0, args, 0, 4);
                System.arraycopy(more, 0, args, 4, more.length);
                return CliRun.of(args);
            }
        }

        @Test
        void goodToken_isZeroAndReadable() {
            CliRun run = inspect(token(3599));
            assertThat(run.code()).isZero();
            assertThat(run.out())
                    .contains("typ  at+jwt")
                    .contains("iss   http://localhost:8080")
                    .contains("(2030-01-31T12:59:59Z, expires in 59m)")
                    .contains("a\\u001bb")
                    .endsWith("Verified: the signature is good, and the token expires in 59m.\n");
            assertThat(run.err()).isEmpty();
        }

        @Test
        void expiredToken_isOneAndStillReadable() {
            CliRun run = inspect(token(-60));
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.out()).contains("expired 1m ago)").contains("Not verified: the token expired at 2030-01-31");
            assertThat(run.err()).isEmpty();
        }

        @Test
        void json_good_isOneDocument() throws JsonSyntaxException {
            CliRun run = inspect(token(60), "--json");
            assertThat(run.code()).isZero();
            assertThat(json(run)).containsOnlyKeys("header", "claims", "verified", "reason");
            assertThat(json(run)).containsEntry("verified", true).containsEntry("reason", null);
        }

        @Test
        void json_notVerified_saysWhy() throws JsonSyntaxException {
            CliRun run = inspect(token(60), "--json", "--audience", "other");
            assertThat(run.code()).isEqualTo(1);
            assertThat(json(run)).containsEntry("verified", false);
            assertThat(json(run).get("reason")).asString().contains("audience");
            assertThat(run.err()).isEmpty();
        }

        @Test
        void json_malformed_isStillOneDocument() throws JsonSyntaxException {
            CliRun run = inspect("x.y.z", "--json");
            assertThat(run.code()).isEqualTo(1);
            assertThat(json(run)).containsEntry("header", null).containsEntry("verified", false);
        }

        @Test
        void malformed_isOneLineWithoutTheToken() {
            CliRun run = inspect("eyJhbGciOiJSUzI1NiJ9veryspecial.y");
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.oneLine()).contains("no JWT").doesNotContain("veryspecial");
        }

        @Test
        void dash_readsTheTokenFromStdin() {
            try (StubService service = StubService.answering(200, KEY.jwkSet())) {
                CliRun run = CliRun.with(Map.of(), token(60) + "\n", "inspect", "-", "--jwks-url", service.url());
                assertThat(run.code()).isZero();
            }
        }

        @Test
        void keySetThatCannotBeHad_isOne_andTheTokenIsStillDecoded() throws JsonSyntaxException {
            try (StubService service = StubService.answering(404, "nothing here")) {
                CliRun run = CliRun.of("inspect", token(60), "--jwks-url", service.url());
                assertThat(run.code()).isEqualTo(1);
                assertThat(run.out()).contains("iss").doesNotContain("Verified");
                assertThat(run.err()).hasLineCount(1).contains("answered 404");
                CliRun asJson = CliRun.of("inspect", token(60), "--jwks-url", service.url() + "/b", "--json");
                assertThat(asJson.code()).isEqualTo(1);
                assertThat(json(asJson)).containsEntry("verified", false);
            }
        }
    }

    @Nested
    class Secrets {
        private static final String GOOD = wellFormed();

        private static String wellFormed() {
            CRC32 crc = new CRC32();
            crc.update(SECRET.getBytes(StandardCharsets.US_ASCII));
            String digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
            StringBuilder checksum = new StringBuilder();
            for (long rest = crc.getValue(); checksum.length() < 6; rest /= 62) {
                checksum.insert(0, digits.charAt((int) (rest % 62)));
            }
            return SECRET + checksum;
        }

        @Test
        void wellFormed_isZeroAndNotEchoed() {
            CliRun run = CliRun.of("inspect", GOOD);
            assertThat(run.code()).isZero();
            assertThat(run.out()).contains("well-formed").doesNotContain("acs_");
        }

        @Test
        void cutOff_saysHowLongItIs_andWhatHelps() {
            CliRun run = CliRun.of("inspect", "acs_short");
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.out())
                    .contains("cut off")
                    .contains("9 characters instead of 53")
                    .contains("keys rotate");
        }

        @Test
        void keyId_isNoToken_andSaysWhatShowsIt() {
            CliRun run = CliRun.of("inspect", "ack_abcdefghijklmnopqrstuvwxyz");
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.oneLine()).contains("id of an access key").contains("keys show");
        }

        @Test
        void mistyped_isOneAndNotEchoed() {
            CliRun run = CliRun.of("inspect", GOOD.replaceFirst("A", "B"));
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.out()).contains("mistyped").doesNotContain("acs_");
        }

        @Test
        void json_isOneDocument() {
            assertThat(CliRun.of("inspect", GOOD, "--json").out().replaceAll("\\s", ""))
                    .isEqualTo("{\"secret_well_formed\":true,\"reason\":null}");
            CliRun bad = CliRun.of("inspect", "acs_", "--json");
            assertThat(bad.code()).isEqualTo(1);
            assertThat(CliStore.parse(bad.out()))
                    .containsOnlyKeys("secret_well_formed", "reason")
                    .containsEntry("secret_well_formed", false);
        }

        @Test
        void fromStdin_isCheckedToo() {
            assertThat(CliRun.with(Map.of(), GOOD + "\n", "inspect", "-").code())
                    .isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"inspect", "inspect -", "inspect a b"})
    void wrongUsage_isTwo(String words) {
        CliRun run = CliRun.of(words.split(" ", -1));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.oneLine()).contains("latchkey: ");
    }
}
