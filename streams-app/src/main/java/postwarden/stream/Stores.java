package postwarden.stream;

/** Names of the state stores. A name is also the name of a changelog topic, so changing one is a migration. */
final class Stores {
    /** Byte ranges that were read, by host and file. */
    static final String SEEN = "seen-v1";
    /** How far each host has come, as the intake knows it. */
    static final String CLOCKS = "clocks-v1";
    /** Messages by queue id. */
    static final String QUEUE = "queue-v1";
    /** Sessions, logins and other traces of neighbouring lines, by host. */
    static final String TRACES = "traces-v1";
    /** Templates of lines that no rule knew, by tenant. */
    static final String DRIFT = "drift-v1";
    /** Tallies, baselines and open findings by key. */
    static final String KEYS = "keys-v1";
    /** What keys of many hosts have on each. */
    static final String TRACKS = "tracks-v1";
    /** Tallies of panes that are large. */
    static final String TALLIES = "tallies-v1";
    /** How far each host has come, as the watches know it. */
    static final String FLEET = "fleet-v1";
    /** Incidents by id. */
    static final String INCIDENTS = "incidents-v1";
    /** Reports that wait for their pane. */
    static final String WAITING = "waiting-v1";
    /** How far each part of the watches has told. */
    static final String PARTS = "parts-v1";

    /** What operators have decided, by tenant and id. */
    static final String POLICIES = "policies-v1";

    /** What the intake's stores changed in the last commits. */
    static final String INTAKE_JOURNAL = "intake-journal-v1";
    /** The same of the watches' stores. */
    static final String WATCH_JOURNAL = "watch-journal-v1";

    static final String INTAKE_HEAP = "intake-heap";
    static final String INTAKE_TICK = "intake-tick";
    static final String WATCH_HEAP = "watch-heap";
    static final String WATCH_TICK = "watch-tick";

    private Stores() {}
}
