package postwarden.stream;

import java.util.List;

/** Names of the state stores. A name is also the name of a changelog topic, so changing one is a migration. */
public final class Stores {
    /** Byte ranges that were read, by host and file. */
    public static final String SEEN = "seen-v1";
    /** How far each host has come, as the intake knows it. */
    public static final String CLOCKS = "clocks-v1";
    /** Messages by queue id. */
    public static final String QUEUE = "queue-v1";
    /** Sessions, logins and other traces of neighbouring lines, by host. */
    public static final String TRACES = "traces-v1";
    /** Templates of lines that no rule knew, by tenant. */
    public static final String DRIFT = "drift-v1";
    /** Tallies, baselines and open findings by key. */
    public static final String KEYS = "keys-v1";
    /** What keys of many hosts have on each. */
    public static final String TRACKS = "tracks-v1";
    /** Tallies of panes that are large. */
    public static final String TALLIES = "tallies-v1";
    /** How far each host has come, as the watches know it. */
    public static final String FLEET = "fleet-v1";
    /** Incidents by id. */
    public static final String INCIDENTS = "incidents-v1";
    /** Reports that wait for their pane. */
    public static final String WAITING = "waiting-v1";
    /** How far each part of the watches has told. */
    public static final String PARTS = "parts-v1";

    /** What operators have decided, by tenant and id. */
    public static final String POLICIES = "policies-v1";

    /** What the intake's stores changed in the last commits. */
    public static final String INTAKE_JOURNAL = "intake-journal-v1";
    /** The same of the watches' stores. */
    public static final String WATCH_JOURNAL = "watch-journal-v1";

    public static final String INTAKE_HEAP = "intake-heap";
    public static final String INTAKE_TICK = "intake-tick";
    public static final String WATCH_HEAP = "watch-heap";
    public static final String WATCH_TICK = "watch-tick";

    /** The intake's, in the order in which its journal numbers them. */
    public static final List<String> OF_INTAKE = List.of(QUEUE, TRACES, DRIFT, SEEN, CLOCKS);
    /** The watches', in the order in which their journal numbers them. */
    public static final List<String> OF_WATCH = List.of(FLEET, KEYS, TRACKS, TALLIES);

    public static final List<String> OF_DESK = List.of(INCIDENTS, WAITING, PARTS, POLICIES);

    private Stores() {}
}
