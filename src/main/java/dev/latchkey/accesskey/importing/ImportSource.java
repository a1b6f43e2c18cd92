package dev.latchkey.accesskey.importing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A document to import, which can be read from its start as often as need be. */
@FunctionalInterface
public interface ImportSource {
    /** The document in UTF-8, from its start. The caller closes it. */
    InputStream open() throws IOException;

    /** A document that is in memory. */
    static ImportSource of(byte[] utf8) {
        return () -> new ByteArrayInputStream(utf8);
    }
}
