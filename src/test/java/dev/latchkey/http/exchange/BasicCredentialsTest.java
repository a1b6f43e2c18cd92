package dev.latchkey.http.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.ClientProof;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BasicCredentialsTest {
    @ParameterizedTest
    @ValueSource(strings = {"Basic", "basic", "BASIC", "bAsIc"})
    void parse_theSchemeInAnyCase(String scheme) {
        assertThat(BasicCredentials.parse(scheme + " " + base64("id:secret")))
                .contains(new ClientProof.Credentials("id", "secret"));
    }

    @Test
    void parse_idAndSecret_areFormUrlencoded() {
        assertThat(parse("a%3Ab:x%2By+z%C3%A9")).contains(new ClientProof.Credentials("a:b", "x+y zé"));
    }

    @Test
    void parse_onlyTheFirstColonSeparates() {
        assertThat(parse("id:a:b")).contains(new ClientProof.Credentials("id", "a:b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Basic", "Basic ", "Bearer aWQ6c2VjcmV0", "Basic !!!", "BasicaWQ6c2VjcmV0", "Basic aWQ", "="
            })
    void parse_whatIsNotBasic_isNothing(String header) {
        assertThat(BasicCredentials.parse(header)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "%:secret", "id:%zz", "id:%C3", "id:a\u0000b", "%00:x"})
    void parse_malformedPair_isNothing(String pair) {
        assertThat(parse(pair)).isEmpty();
    }

    @Test
    void parse_whatIsNotUtf8_isNothing() {
        byte[] latin1 = "id:é".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(BasicCredentials.parse("Basic " + Base64.getEncoder().encodeToString(latin1)))
                .isEmpty();
    }

    private static Optional<ClientProof.Credentials> parse(String pair) {
        return BasicCredentials.parse("Basic " + base64(pair));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
