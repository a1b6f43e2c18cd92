package dev.latchkey.config;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The environment's variables: which ones there are, and what container platforms do to them. */
public final class Variables {
    /** What all of them begin with. */
    public static final String PREFIX = "LATCHKEY_";

    /** Of an access key and where its service is, for commands that ask one; then what {@code run.sh} and a stand-in read. */
    private static final List<String> BESIDE_SERVE = List.of(
            ServeSettings.OWNER_PASSWORD_VARIABLE,
            "LATCHKEY_KEY_ID",
            "LATCHKEY_KEY_SECRET",
            "LATCHKEY_URL",
            "LATCHKEY_JAVA_OPTS",
            "LATCHKEY_BUILD_LOCKED",
            StandInSettings.KEY_ID_VARIABLE,
            StandInSettings.KEY_SECRET_VARIABLE);

    /**
     * What Kubernetes injects for Services whose names begin with {@code latchkey} (and Docker for linked containers),
     * such as {@code LATCHKEY_SERVICE_HOST}, {@code LATCHKEY_PORT} and {@code LATCHKEY_PORT_8080_TCP_ADDR}.
     */
    private static final Pattern INJECTED = Pattern.compile("LATCHKEY_([A-Z0-9_]+_)?"
            + "(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT(_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?"
            + "|NAME|ENV_[A-Z0-9_]+)");

    private static final Pattern INJECTED_PORT = Pattern.compile("(tcp|udp|sctp)://.*", Pattern.DOTALL);

    private Variables() {}

    /** Every variable that is read. */
    public static List<String> names() {
        return Stream.concat(Arrays.stream(ServeFlag.values()).map(ServeFlag::variable), BESIDE_SERVE.stream())
                .toList();
    }

    /** Whether a platform has set it for purposes of its own. */
    public static boolean isInjected(String name) {
        return INJECTED.matcher(name).matches();
    }

    /** Whether the value is the address of a Service or a linked container, where a port is meant to be. */
    static boolean isInjectedPort(String name, String value) {
        return name.endsWith("PORT") && INJECTED_PORT.matcher(value).matches();
    }

    /** Those that are read elsewhere, and not here because a platform injected them. */
    public static List<String> ignoredPorts(Map<String, String> env) {
        return names().stream()
                .filter(name -> isInjectedPort(name, env.getOrDefault(name, "")))
                .toList();
    }

    /** The same variables, each without the one line end that a value read from a file has. */
    public static Map<String, String> withoutLineEnds(Map<String, String> env) {
        Map<String, String> trimmed = new LinkedHashMap<>();
        env.forEach((name, value) -> trimmed.put(name, withoutLineEnd(value)));
        return Map.copyOf(trimmed);
    }

    private static String withoutLineEnd(String value) {
        if (!value.endsWith("\n")) {
            return value;
        }
        return value.substring(0, value.length() - (value.endsWith("\r\n") ? 2 : 1));
    }
}
