package dev.latchkey.bench;

import java.io.IOException;

/** Something to measure. Prints what it found. */
interface Row {
    void measure() throws IOException;
}
