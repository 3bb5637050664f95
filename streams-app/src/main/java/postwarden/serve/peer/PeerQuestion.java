package postwarden.serve.peer;

import java.util.List;
import postwarden.ask.Lookup;
import postwarden.tally.Key;
import postwarden.tally.Watch;

/** What one instance asks another of what the other holds; the lists' questions are sent as they are. */
final class PeerQuestion {
    static final String ENTITIES = "entities";
    static final String ENTITY = "entity";
    /** The same of some hosts only: another name, because an instance that knows of no such bound must not answer without it. */
    static final String ENTITIES_OF_HOSTS = "entities-of-hosts";

    static final String ENTITY_OF_HOSTS = "entity-of-hosts";
    static final String INCIDENTS = "incidents";
    static final String INCIDENT = "incident";
    static final String HOSTS = "hosts";
    static final String DRIFT = "drift";
    static final String RAW = "raw";

    private PeerQuestion() {}

    /** One key. */
    record OfEntity(String tenant, Watch watch, String name, boolean stale, List<String> hosts, boolean brief) {
        OfEntity {
            // An instance of an older version names none.
            hosts = hosts == null ? List.of() : List.copyOf(hosts);
        }

        static OfEntity of(Lookup lookup) {
            Key key = lookup.key();
            return new OfEntity(key.tenant(), key.watch(), key.name(), lookup.stale(), lookup.hosts(), lookup.brief());
        }

        Lookup lookup() {
            return new Lookup(new Key(tenant, watch, name), stale, brief, hosts);
        }
    }

    /** One incident. */
    record OfIncident(String tenant, String id) {}

    /** All hosts. */
    record OfHosts(String tenant) {}

    /** Templates. */
    record OfDrift(String tenant, int limit) {}

    /** A row of a store. */
    record OfRaw(String store, String key) {}
}
