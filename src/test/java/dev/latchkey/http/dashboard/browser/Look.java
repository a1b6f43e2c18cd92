package dev.latchkey.http.dashboard.browser;

/** How wide a window is, and which colours its person prefers. */
public enum Look {
    DESK(1280, false, ""),
    DESK_DARK(1280, true, "-dark"),
    PHONE(375, false, "-phone-light"),
    PHONE_DARK(375, true, "-phone");

    private static final int NARROW = 500;

    private final int width;
    private final boolean dark;
    private final String suffix;

    Look(int width, boolean dark, String suffix) {
        this.width = width;
        this.dark = dark;
        this.suffix = suffix;
    }

    /** In pixels. */
    public int width() {
        return width;
    }

    public boolean isNarrow() {
        return width < NARROW;
    }

    public boolean isDark() {
        return dark;
    }

    /** What ends the name of a picture. */
    public String suffix() {
        return suffix;
    }
}
