package postwarden.detect;

import postwarden.tally.Key;

/** What the watches tell the incident desk. */
public sealed interface Report {

    /** Id of the detector that speaks. */
    String detector();

    Key key();

    /** The host whose numbers these are; empty when all hosts' together. */
    String host();

    /** The closed pane that this is about. */
    long pane();

    /** Who of the many that the key stands for, see {@link Finding#about}; else empty. */
    String about();

    /** Something is wrong, or still wrong. */
    record Found(Finding finding) implements Report {
        @Override
        public String detector() {
            return finding.detector();
        }

        @Override
        public Key key() {
            return finding.key();
        }

        @Override
        public String host() {
            return finding.host();
        }

        @Override
        public long pane() {
            return finding.pane();
        }

        @Override
        public String about() {
            return finding.about();
        }
    }

    /**
     * What was wrong has been below its threshold for the detector's hold time, seen by hosts that reported all the while.
     *
     * @param lastSeenPane the last pane that still showed it
     */
    record Over(String detector, Key key, String host, long pane, long lastSeenPane, String about) implements Report {}
}
