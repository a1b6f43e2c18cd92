package dev.latchkey.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.user.PasswordHasher;
import org.junit.jupiter.api.Test;

/** How the passwords of people are kept. */
class Argon2PasswordHasherTest {
    private static final String PASSWORD = "correct horse bättery";

    private final PasswordHasher hasher = new Argon2PasswordHasher();

    @Test
    void hash_carriesItsParameters_andNotThePassword() {
        assertThat(hasher.hash(PASSWORD))
                .matches("\\$argon2id\\$v=19\\$m=7168,t=5,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
    }

    @Test
    void hash_isAnotherEachTime() {
        assertThat(hasher.hash(PASSWORD)).isNotEqualTo(hasher.hash(PASSWORD));
    }

    @Test
    void matches_thePasswordAlone() {
        String hash = hasher.hash(PASSWORD);

        assertThat(hasher.matches(PASSWORD, hash)).isTrue();
        assertThat(hasher.matches(PASSWORD + " ", hash)).isFalse();
        assertThat(hasher.matches("correct horse battery", hash)).isFalse();
        assertThat(hasher.matches("", hash)).isFalse();
    }
}
