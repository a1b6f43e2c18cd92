package dev.latchkey.config;

/** How the program writes its log. */
public enum LogFormat {
    /** A line of text for people. */
    TEXT,
    /** One JSON object a line. */
    JSON
}
