package dev.latchkey.accesskey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which resources and audiences are the same. */
class AudiencesTest {
    @ParameterizedTest
    @CsvSource({
        "https://h,             https://h/",
        "https://h,             HTTPS://H",
        "http://H.Example:80,   HTTP://h.example:80/",
        "https://h?x=A,         https://H/?x=A",
        "https://h#f,           https://h/#f",
        "https://U@H,           https://U@h/",
        "https://[::1],         https://[::1]/",
        "https://h/A/b,         https://H/A/b",
        "urn:x,                 urn:x",
        "api,                   api"
    })
    void theSame_eitherWay(String one, String other) {
        assertThat(Audiences.find(List.of("x", one), other)).contains(one);
        assertThat(Audiences.find(List.of("x", other), one)).contains(other);
    }

    @ParameterizedTest
    @CsvSource({
        "https://h,        http://h",
        "https://h/a,      https://h/a/",
        "https://h/a,      https://h/A",
        "https://h/?x=a,   https://h/?x=A",
        "https://h,        https://h:443",
        "https://u@h,      https://U@h",
        "https://h,        https://h/?",
        "https://h/@A,     https://h/@a",
        "https://h,        https://h//",
        "https://,         https:///",
        "urn:x,            URN:x",
        "urn:x,            urn:x/",
        "wss://h,          wss://h/",
        "api,              API",
        "api,              api/",
        "https://h,        https://h.example"
    })
    void others_differ(String one, String other) {
        assertThat(Audiences.contain(List.of(one), other)).isFalse();
        assertThat(Audiences.contain(List.of(other), one)).isFalse();
    }

    @Test
    void find_prefersTheVeryText() {
        assertThat(Audiences.find(List.of("https://h/", "https://h"), "https://h"))
                .contains("https://h");
        assertThat(Audiences.find(List.of("https://h/", "https://h"), "https://H"))
                .contains("https://h/");
        assertThat(Audiences.find(List.of(), "https://h")).isEmpty();
    }
}
