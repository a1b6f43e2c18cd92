package dev.latchkey.dev.profile;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path with at most one segment that the client chooses, such as a realm: written in braces, 1 to 64 characters of
 * {@code A-Za-z0-9._~-}, and no dot segment (RFC 3986 §5.2.4). Nothing is kept for a name that was chosen. Immutable and
 * thread-safe.
 */
final class PathTemplate {
    private static final Pattern VARIABLE = Pattern.compile("\\{[a-z]+}");
    private static final String NAME = "(?!\\.{1,2}(?:/|$))([A-Za-z0-9._~-]{1,64})";

    private final String template;
    private final Pattern pattern;

    PathTemplate(String template) {
        this.template = template;
        Matcher variable = VARIABLE.matcher(template);
        this.pattern = variable.find()
                ? Pattern.compile(Pattern.quote(template.substring(0, variable.start()))
                        + NAME
                        + Pattern.quote(template.substring(variable.end())))
                : Pattern.compile(Pattern.quote(template) + "()");
    }

    /** What the client chose: the name, or an empty text where the template has no variable. Empty when it does not fit. */
    Optional<String> match(String path) {
        Matcher matcher = pattern.matcher(path);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The path with this name. */
    String with(String name) {
        return VARIABLE.matcher(template).replaceFirst(Matcher.quoteReplacement(name));
    }

    /** As it is documented, with the variable in braces. */
    @Override
    public String toString() {
        return template;
    }
}
