package dev.latchkey.cli.terminal;

/**
 * What the process knows of languages and countries: the root locale. Latchkey writes numbers and times the same way
 * everywhere, yet libraries that it uses ask for the names of all locales and for calendars, and reading those takes a
 * sixth of a start. An embedding program keeps the locale data that it has.
 */
public final class LocaleData {
    private static final String PROVIDERS = "java.locale.providers";

    /** Those on the class path, where there are none; to these the platform adds the root locale. */
    private static final String ROOT_ALONE = "SPI";

    private LocaleData() {}

    /** Sets it for the whole process, which may have been started with another; of no use once something has asked. */
    public static void install() {
        if (System.getProperty(PROVIDERS) == null) {
            System.setProperty(PROVIDERS, ROOT_ALONE);
        }
    }
}
