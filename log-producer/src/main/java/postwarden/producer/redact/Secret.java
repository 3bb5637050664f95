package postwarden.producer.redact;

import java.util.List;

/**
 * One way in which a daemon writes a secret.
 *
 * @param name tells it from the others, in tests
 * @param source where the daemon writes it: source file and version, or document
 * @param kind what is written in its place
 * @param extent where the secret behind a mark begins and ends
 * @param marks words in front of it, at least three characters each; one of them tells that a secret follows. One without a
 *     capital letter is found in capitals too
 */
record Secret(String name, String source, Kind kind, Extent extent, List<String> marks) {
    Secret {
        marks = List.copyOf(marks);
    }

    /** What stands in a secret's place. */
    enum Kind {
        /** Nothing that tells anything. */
        HIDDEN,
        /** A hash under the site's key: who tries one password on many accounts, and who repeats one, is worth knowing. */
        GIVEN_PASSWORD,
        /** A whole text as numbers, which is searched like a line of its own. */
        NUMBERS
    }

    /** Finds the secret that belongs to a mark. */
    @FunctionalInterface
    interface Extent {
        /**
         * Notes in the line where the secret stands ({@link Line#secret}); answers whether there is one.
         *
         * @param line the line
         * @param mark index of the mark's first byte
         * @param behind index of the first byte behind the mark
         */
        boolean find(Line line, int mark, int behind);
    }
}
