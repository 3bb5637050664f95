package postwarden.serve.peer;

import postwarden.tally.Watch;

/** What one instance asks another of what the other holds; the lists' questions are sent as they are. */
final class PeerQuestion {
    static final String ENTITIES = "entities";
    static final String ENTITY = "entity";
    static final String INCIDENTS = "incidents";
    static final String INCIDENT = "incident";
    static final String HOSTS = "hosts";
    static final String DRIFT = "drift";
    static final String RAW = "raw";

    private PeerQuestion() {}

    /** One key. */
    record OfEntity(String tenant, Watch watch, String name, boolean stale) {}

    /** One incident. */
    record OfIncident(String tenant, String id) {}

    /** All hosts. */
    record OfHosts(String tenant) {}

    /** Templates. */
    record OfDrift(String tenant, int limit) {}

    /** A row of a store. */
    record OfRaw(String store, String key) {}
}
