package dev.latchkey.harness;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What runs for all tests of a class where {@code @RegisterExtension} stands on a static field, nested classes included, and
 * for each test anew where it stands on a field of the instance.
 */
public interface ServiceExtension
        extends BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, AutoCloseable {
    /** Called before the class, before each nested one and before each test: the first call starts what runs. */
    void begin();

    /** Called once for each {@link #begin}: the last call stops what runs. */
    void end();

    @Override
    void close();

    @Override
    default void beforeAll(ExtensionContext context) {
        begin();
    }

    @Override
    default void beforeEach(ExtensionContext context) {
        begin();
    }

    @Override
    default void afterEach(ExtensionContext context) {
        end();
    }

    @Override
    default void afterAll(ExtensionContext context) {
        end();
    }
}
