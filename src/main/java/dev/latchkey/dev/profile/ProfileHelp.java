package dev.latchkey.dev.profile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.config.StandInSettings;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What {@code latchkey help profiles} says: each profile as its file has it. */
public final class ProfileHelp {
    private static final int WIDTH = 80;

    private ProfileHelp() {}

    /** The whole text, for a terminal. */
    public static String text() {
        return "serve --dev --profile NAME[,NAME] answers as these providers do, beside the\n"
                + "service's own endpoints and over the same keys, scopes and secrets. BASE is the\n"
                + "service's own issuer. After + stands what is worth knowing of a profile, after -\n"
                + "what it does not imitate.\n\n"
                + StandInSettings.PROFILES.stream()
                        .map(name -> text(Profile.load(name)))
                        .collect(Collectors.joining("\n"));
    }

    private static String text(Profile profile) {
        StringBuilder text = new StringBuilder(profile.name() + ": " + profile.provider() + "\n");
        line(text, "issuer", "BASE" + profile.issuer());
        profile.paths().forEach((kind, path) -> line(text, kind.publicName(), path.toString()));
        line(text, "typ", profile.typ().map(typ -> typ.headerValue()).orElse("the service's own"));
        line(text, "claims", profile.claims().map(JsonTemplate::names).orElse("the service's own"));
        JsonNode refused = profile.errors().get(ErrorCase.INVALID_CLIENT.publicName());
        if (refused != null) {
            line(
                    text,
                    "bad client",
                    refused.path("status").asText() + " "
                            + refused.path("error").asText());
        }
        profile.imitated().forEach(sentence -> item(text, "  + ", sentence));
        profile.notImitated().forEach(sentence -> item(text, "  - ", sentence));
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        item(text, String.format(Locale.ROOT, "  %-15s", name), value);
    }

    /** Wraps between words; further lines are indented as the first is. */
    private static void item(StringBuilder text, String first, String words) {
        text.append(first);
        int column = first.length();
        for (String word : List.of(words.split(" ", -1))) {
            if (column > first.length() && column + 1 + word.length() > WIDTH) {
                text.append('\n').append(" ".repeat(first.length()));
                column = first.length();
            } else if (column > first.length()) {
                text.append(' ');
                column++;
            }
            text.append(word);
            column += word.length();
        }
        text.append('\n');
    }
}
