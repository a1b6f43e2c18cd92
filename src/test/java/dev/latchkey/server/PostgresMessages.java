package dev.latchkey.server;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads what a client sends to PostgreSQL (its manual, chapter 55.7), and counts what has to do with one text. */
final class PostgresMessages extends FilterInputStream {
    private static final char PARSE = 'P';
    private static final char BIND = 'B';

    /** Ends what is sent in one round trip. */
    private static final char SYNC = 'S';

    private static final int LENGTH_BYTES = 4;

    /** SSLRequest; its length says that no StartupMessage came yet, which is longer. */
    private static final int SSL_REQUEST_LENGTH = 8;

    private final Counts counts;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private boolean started;
    private boolean bound;
    private char type;
    private int header;
    private int length;
    private int left;

    private PostgresMessages(InputStream in, Counts counts) {
        super(in);
        this.counts = counts;
    }

    /** Of all clients. */
    static final class Counts {
        /** Statements that were run with a text among their parameters, and the round trips in which they were. */
        final AtomicInteger statements = new AtomicInteger();

        final AtomicInteger roundTrips = new AtomicInteger();

        /** Statements on access keys that were given as text. */
        final AtomicInteger parsed = new AtomicInteger();

        private volatile String parameter = "";

        InputStream count(InputStream in) {
            return new PostgresMessages(in, this);
        }

        /** Begins anew, for this text. */
        void of(String text) {
            parameter = text;
            statements.set(0);
            roundTrips.set(0);
            parsed.set(0);
        }
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
        int count = super.read(into, from, most);
        for (int i = 0; i < count; i++) {
            see(into[from + i]);
        }
        return count;
    }

    /** A message is its type, which the first ones lack, its length without the type, and so much. */
    private void see(byte octet) {
        if (left > 0) {
            content.write(octet);
            left--;
        } else if (started && header == 0) {
            type = (char) octet;
            header = 1;
            return;
        } else {
            length = (length << Byte.SIZE) | (octet & 0xFF);
            header++;
            if (header < LENGTH_BYTES + (started ? 1 : 0)) {
                return;
            }
            left = length - LENGTH_BYTES;
            started |= length > SSL_REQUEST_LENGTH;
            header = 0;
            length = 0;
        }
        if (left == 0) {
            whole(content.toString(StandardCharsets.ISO_8859_1));
            content.reset();
        }
    }

    private void whole(String text) {
        if (type == BIND && text.contains(counts.parameter)) {
            counts.statements.incrementAndGet();
            bound = true;
        } else if (type == SYNC && bound) {
            counts.roundTrips.incrementAndGet();
            bound = false;
        } else if (type == PARSE && text.contains("FROM access_keys")) {
            counts.parsed.incrementAndGet();
        }
    }
}
