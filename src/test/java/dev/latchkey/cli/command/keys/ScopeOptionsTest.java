package dev.latchkey.cli.command.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.ServiceException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeOptionsTest {
    @Test
    void read_spacesCommasAndRepeatedFlags_eachScopeOnceInOrder() {
        assertThat(ScopeOptions.split(List.of("b a", "c,d", " a ,e\t"), Set.of())
                        .tokens())
                .containsExactly("b", "a", "c", "d", "e");
    }

    @Test
    void read_listedScopeWithAComma_isKeptWhole() {
        assertThat(ScopeOptions.split(List.of("a,b c,d"), Set.of("a,b")).tokens())
                .containsExactly("a,b", "c", "d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", " , "})
    void read_noScopeAtAll_isRefused(String value) {
        assertThatThrownBy(() -> ScopeOptions.split(List.of(value), Set.of()))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining("--scopes must name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\"b", "ü", "a\\b", "a\u0001"})
    void read_badCharacter_isRefused(String value) {
        assertThatThrownBy(() -> ScopeOptions.split(List.of("ok " + value), Set.of()))
                .isInstanceOf(ServiceException.class)
                .hasMessageStartingWith("--scopes must be");
    }
}
