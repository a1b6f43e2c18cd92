package dev.latchkey.http.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.harness.RandomText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormBodyTest {
    @Test
    void parse_decodesNamesAndValues() {
        FormBody form = parse("a=1&b%20c=x+y%2Bz&d=%C3%A9&e=");

        assertThat(form.get("a")).isEqualTo("1");
        assertThat(form.get("b c")).isEqualTo("x y+z");
        assertThat(form.get("d")).isEqualTo("é");
    }

    @Test
    void parse_anEmptyValue_countsAsLeftOut() {
        assertThat(parse("a=&b&=c").get("a")).isNull();
        assertThat(parse("a=&b").get("b")).isNull();
    }

    @Test
    void parse_whatIsEncoded_isReadBackUnchanged() {
        assertThat(RandomText.of("aZ09 +&=%/?é😀\n\"'~*", 20, 3_000)).allSatisfy(text -> {
            String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
            assertThat(parse("k=" + encoded + "&" + encoded + "x=v").all("k"))
                    .isEqualTo(text.isEmpty() ? List.of() : List.of(text));
        });
    }

    @Test
    void parse_anyBytes_areReadOrRefused_neverFail() {
        assertThat(RandomText.of("a=&%+09fF\u0000\u00ff", 16, 5_000)).allSatisfy(text -> {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            try {
                FormBody.parse(bytes, "resource");
            } catch (HttpRefusal e) {
                assertThat(e.status()).isEqualTo(400);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a=%", "a=%4", "a=%zz", "a=%-1", "a=%C3", "a=%FF", "%=a", "a=%00", "a=%ED%A0%80", "a=%C0%80"})
    void parse_malformedEncoding_isRefused(String body) {
        assertThatThrownBy(() -> parse(body)).isInstanceOf(HttpRefusal.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=1&a=2", "a=1&a=1", "a=&a=1", "a&a", "a=1&%61=2", "x=1&a=2&x=3"})
    void parse_aRepeatedParameter_isRefused(String body) {
        assertThatThrownBy(() -> parse(body)).isInstanceOf(HttpRefusal.class);
    }

    @Test
    void parse_resourceMayRepeat() {
        assertThat(parse("resource=a&resource=b").all("resource")).containsExactly("a", "b");
    }

    @Test
    void toString_showsNoValue() {
        assertThat(parse("client_secret=hunter2")).asString().doesNotContain("hunter2");
    }

    private static FormBody parse(String body) {
        return FormBody.parse(body.getBytes(StandardCharsets.UTF_8), "resource");
    }
}
