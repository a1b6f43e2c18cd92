package dev.latchkey.server;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the messages that a client of PostgreSQL sends, by their types (its manual, chapter 55.7). */
final class PostgresMessages extends FilterInputStream {
    static final char QUERY = 'Q';
    static final char PARSE = 'P';
    static final char EXECUTE = 'E';

    /** Ends what is sent in one round trip. */
    static final char SYNC = 'S';

    private static final int LENGTH_BYTES = 4;

    /** SSLRequest; its length says that no StartupMessage came yet, which is longer. */
    private static final int SSL_REQUEST_LENGTH = 8;

    private final Map<Character, Long> counts;
    private boolean started;
    private int header;
    private int length;
    private int left;

    private PostgresMessages(InputStream in, Map<Character, Long> counts) {
        super(in);
        this.counts = counts;
    }

    /** What all clients have sent. */
    static final class Counts {
        private final Map<Character, Long> byType = new ConcurrentHashMap<>();

        InputStream count(InputStream in) {
            return new PostgresMessages(in, byType);
        }

        long of(char type) {
            return byType.getOrDefault(type, 0L);
        }

        void clear() {
            byType.clear();
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
            left--;
        } else if (started && header == 0) {
            counts.merge((char) octet, 1L, Long::sum);
            header = 1;
        } else {
            length = (length << Byte.SIZE) | (octet & 0xFF);
            header++;
            if (header == LENGTH_BYTES + (started ? 1 : 0)) {
                left = length - LENGTH_BYTES;
                started |= length > SSL_REQUEST_LENGTH;
                header = 0;
                length = 0;
            }
        }
    }
}
