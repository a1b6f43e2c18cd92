package dev.latchkey.sql;

import dev.latchkey.error.ErrorKind;

/**
 * What a failure of the database means. Immutable.
 *
 * @param effect what does not work because of it
 * @param kind {@link ErrorKind#MISCONFIGURED} when a person has to act, {@link ErrorKind#UNAVAILABLE} when waiting may help
 * @param problem what is wrong, to follow the name of the store
 * @param remedy what to do about it, a clause
 */
record Diagnosis(Effect effect, ErrorKind kind, String problem, String remedy) {
    /** How far a failure reaches. */
    enum Effect {
        /** One statement. */
        STATEMENT,
        /** All that writes; reading goes on. */
        WRITING,
        /** Everything: the database cannot be reached. */
        ALL
    }

    static Diagnosis permanent(Effect effect, String problem, String remedy) {
        return new Diagnosis(effect, ErrorKind.MISCONFIGURED, problem, remedy);
    }

    static Diagnosis passing(Effect effect, String problem, String remedy) {
        return new Diagnosis(effect, ErrorKind.UNAVAILABLE, problem, remedy);
    }

    /** The same with other words in the place of one. */
    Diagnosis with(String placeholder, String words) {
        return new Diagnosis(effect, kind, problem.replace(placeholder, words), remedy.replace(placeholder, words));
    }

    /** The whole of it in one line: the store, the problem, what the database said, the remedy. */
    String line(String store, String said) {
        return "The store " + store + " " + problem + " (" + said + "); " + remedy + ".";
    }
}
