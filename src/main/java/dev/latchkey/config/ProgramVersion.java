package dev.latchkey.config;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Properties;

/** Which Latchkey this is. */
public final class ProgramVersion {
    private static final String RESOURCE = "/dev/latchkey/version.properties";
    private static final String UNKNOWN = "unknown";

    private ProgramVersion() {}

    /** The version that this was built as. */
    public static String read() {
        return property("version");
    }

    /** The commit that this was built from; ends with {@code -dirty} where files differed from it. */
    public static String commit() {
        return property("commit");
    }

    /** The time of that commit. */
    public static String date() {
        String seconds = property("seconds");
        return seconds.equals(UNKNOWN)
                ? seconds
                : Instant.ofEpochSecond(Long.parseLong(seconds)).toString();
    }

    private static String property(String name) {
        try (InputStream in = ProgramVersion.class.getResourceAsStream(RESOURCE)) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty(name, UNKNOWN);
        } catch (IOException e) {
            return UNKNOWN;
        }
    }
}
