package dev.latchkey.config;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** Which Latchkey this is. */
public final class ProgramVersion {
    private static final String RESOURCE = "/dev/latchkey/version.properties";

    private ProgramVersion() {}

    /** The version that this was built as. */
    public static String read() {
        try (InputStream in = ProgramVersion.class.getResourceAsStream(RESOURCE)) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
