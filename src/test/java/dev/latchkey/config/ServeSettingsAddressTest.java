package dev.latchkey.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServeSettingsAddressTest {
    private static ServeSettings with(ServeFlag flag, String value) {
        return ServeSettings.read(Map.of(flag, value), Map.of());
    }

    private static void assertRefused(Map<ServeFlag, String> flags, Map<String, String> env, String message) {
        assertThatThrownBy(() -> ServeSettings.read(flags, env))
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID))
                .hasMessageContaining(message);
    }

    @Nested
    class Issuer {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://login.example.com",
                    "http://localhost:8080",
                    "https://example.com/tenants/a",
                    "https://example.com/v1.2/~a_b-c/...",
                    "https://[2001:db8::1]:8443",
                    "https://xn--bcher-kva.example"
                })
        void absoluteUrl_isTakenAsItIs(String issuer) {
            assertThat(with(ServeFlag.ISSUER, issuer).issuer()).isEqualTo(issuer);
        }

        @ParameterizedTest
        @CsvSource({
            "https://example.com/,must not end with a slash",
            "https://example.com/a/,must not end with a slash",
            "https://example.com?,query",
            "https://example.com?a=b,query",
            "https://example.com#,fragment",
            "https://u:p@example.com,user name",
            "https://,absolute http or https URL",
            "example.com,absolute http or https URL",
            "//example.com,absolute http or https URL",
            "ftp://example.com,absolute http or https URL",
            "https:example.com,absolute http or https URL",
            "https://a_b.example,host name of letters",
            "https://exa mple.com,absolute http or https URL",
            "https://bücher.example,absolute http or https URL",
            "https://example.com:99999,port",
            "https://example.com//,must not end with a slash",
            "https://example.com//a,path of plain segments",
            "https://example.com/a//b,path of plain segments",
            "https://example.com/a%2Fb,path of plain segments",
            "https://example.com/%61,path of plain segments",
            "https://example.com/*,path of plain segments",
            "https://example.com/a;b=c,path of plain segments",
            "https://example.com/.,path of plain segments",
            "https://example.com/a/../b,path of plain segments",
            "https://example.com/..,path of plain segments",
            "'',absolute http or https URL"
        })
        void anythingElse_saysWhatIsWrong(String issuer, String message) {
            assertRefused(Map.of(ServeFlag.ISSUER, issuer), Map.of(), "--issuer must");
            assertRefused(Map.of(ServeFlag.ISSUER, issuer), Map.of(), message);
        }
    }

    @Nested
    class Host {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "127.0.0.1",
                    "127.255.0.3",
                    "::1",
                    "[::1]",
                    "0:0:0:0:0:0:0:1",
                    "::ffff:127.0.0.1",
                    "localhost",
                    "LOCALHOST"
                })
        void loopback_needsNoIssuer(String host) {
            assertThat(with(ServeFlag.HOST, host).issuer()).isNull();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "0.0.0.0",
                    "::",
                    "[::]",
                    "10.0.0.1",
                    "::ffff:10.0.0.1",
                    "fe80::1",
                    "128.0.0.1",
                    "example.com",
                    "127.0.0.1.example.com",
                    "localhost.example.com",
                    ".::1",
                    "127.1"
                })
        void anyOther_withoutIssuer_namesTheFix(String host) {
            assertRefused(Map.of(ServeFlag.HOST, host), Map.of(), "--issuer must be given");
            assertRefused(Map.of(), Map.of("LATCHKEY_HOST", host), "add --issuer https://…");
        }

        @Test
        void anyOther_withIssuer_isTaken() {
            Map<ServeFlag, String> flags = Map.of(ServeFlag.HOST, "[::]", ServeFlag.ISSUER, "https://a.example");
            assertThat(ServeSettings.read(flags, Map.of()).host()).isEqualTo("::");
        }
    }
}
