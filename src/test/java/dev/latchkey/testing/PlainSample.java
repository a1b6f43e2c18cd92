package dev.latchkey.testing;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A program's tests that have nothing on their class path but JUnit and the extension. */
class PlainSample {
    @RegisterExtension
    static final LatchkeyExtension latchkey =
            LatchkeyExtension.builder().key("orders", "fx").build();

    @RegisterExtension
    final LatchkeyExtension shared = LatchkeyExtension.shared();

    @Test
    void token_isIssued() {
        Assertions.assertEquals(3, latchkey.token("fx").split("\\.", -1).length);
        latchkey.clock().advance(Duration.ofDays(1));
        latchkey.rotateSigningKey();
    }

    @Test
    void sharedServer_isAnother() {
        Assertions.assertNotEquals(latchkey.url(), shared.url());
        Assertions.assertFalse(shared.token("anything").isEmpty());
    }

    @Nested
    class Inner {
        @Test
        void token_isToOrder() {
            String token = latchkey.token(t -> t.claim("tenant", "acme").broken(Break.EXPIRED));
            Assertions.assertFalse(token.isEmpty());
        }
    }

    @Test
    void spring_isNotThere() {
        Assertions.assertThrows(
                ClassNotFoundException.class,
                () -> Class.forName("org.springframework.test.context.DynamicPropertyRegistry"));
    }
}
