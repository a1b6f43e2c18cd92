package dev.latchkey.scope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.RandomText;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeSetTest {
    /** RFC 6749 §3.3, written down as the RFC has it. */
    private static final Pattern RFC_SCOPE = Pattern.compile("[!#-\\[\\]-~]+( [!#-\\[\\]-~]+)*");

    @Test
    void parse_keepsTheOrder_andDropsDuplicates() {
        assertThat(ScopeSet.parse("b a b c a")).contains(new ScopeSet(List.of("b", "a", "c")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a  b", " a", "a ", "a\tb", "a\nb", "é", "a\"b", "a\\b", "\u0000", "a\u007f"})
    void parse_whatTheRfcDoesNotAllow_isRefused(String text) {
        assertThat(ScopeSet.parse(text)).isEmpty();
    }

    static Stream<String> randomScopes() {
        return RandomText.of("ab:/.!~ [] \"\\\té\u007f  ", 12, 5_000);
    }

    @Test
    void parse_acceptsExactlyWhatTheRfcAllows() {
        assertThat(randomScopes())
                .allSatisfy(text -> assertThat(ScopeSet.parse(text).isPresent())
                        .as("<%s>", text)
                        .isEqualTo(RFC_SCOPE.matcher(text).matches()));
    }

    @Test
    void parse_thenToString_thenParse_isTheSame() {
        assertThat(randomScopes().flatMap(text -> ScopeSet.parse(text).stream()))
                .hasSizeGreaterThan(100)
                .allSatisfy(
                        scopes -> assertThat(ScopeSet.parse(scopes.toString())).contains(scopes));
    }

    @Test
    void retain_isInTheOrderOfTheKey() {
        ScopeSet key = new ScopeSet(List.of("fx", "gateway", "vault"));

        assertThat(key.retain(ScopeSet.parse("vault fx").orElseThrow())).hasToString("fx vault");
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void isScopeToken_upTo200Characters(int length, boolean valid) {
        assertThat(ScopeSet.isScopeToken("s".repeat(length))).isEqualTo(valid);
    }

    static Stream<Object[]> lengths() {
        return Stream.of(
                new Object[] {0, false}, new Object[] {1, true}, new Object[] {200, true}, new Object[] {201, false});
    }
}
