package dev.latchkey.cli;

import dev.latchkey.config.ServeFlag;
import java.util.List;
import java.util.Map;

/**
 * Whether a service is started whose log is JSON. Its settings say so, and may be wrong: what is wrong with them must be a
 * line of that log, too.
 */
final class JsonLog {
    private static final String JSON = "json";

    private JsonLog() {}

    /** @param words what follows the command */
    static boolean isAskedFor(CommandEntry entry, List<String> words, Map<String, String> env) {
        if (!entry.words().equals(List.of("serve"))) {
            return false;
        }
        String flag = ServeFlag.LOG_FORMAT.flag();
        String format = env.getOrDefault(ServeFlag.LOG_FORMAT.variable(), "");
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.startsWith(flag + "=")) {
                format = word.substring(flag.length() + 1);
            } else if (word.equals(flag) && i + 1 < words.size()) {
                format = words.get(i + 1);
            }
        }
        return format.strip().equalsIgnoreCase(JSON);
    }
}
