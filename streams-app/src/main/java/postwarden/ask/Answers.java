package postwarden.ask;

import java.util.List;
import java.util.Optional;
import postwarden.incident.Alert;
import postwarden.tally.Key;

/**
 * What one instance can say of the parts of the state that it holds. Every method may be called by many threads beside the
 * running topology, reads what the last commit wrote, and keeps no iterator open behind its return.
 *
 * <p>All but {@link #health}, {@link #members} and {@link #stores} throw {@link NotReady} while what they need is being restored
 * or moved, or when a list takes longer than it may, and never answer with less instead.
 */
public interface Answers {
    /** How the instance is; never fails. */
    Health health();

    /** Which instance answers for this key. @throws NotReady while nobody does */
    Holder holder(Key key);

    /** Which instance answers for a tenant's incidents. @throws NotReady while nobody does */
    Holder incidentsHolder(String tenant);

    /** All instances that hold a part of any state, this one among them, sorted by address. */
    List<Member> members();

    /**
     * The keys of a watch that this instance is active for, as the question sorts and filters them.
     *
     * @throws IllegalArgumentException for a measure that {@link Measures} does not have, or a window of more than an hour
     */
    Listing<EntityRow> entities(EntityQuestion question);

    /** What is known about one key. */
    Optional<Entity> entity(Lookup lookup);

    /** Incidents of the tenants whose desk is here, the latest state of each. */
    Listing<Alert> incidents(IncidentQuestion question);

    /** The latest state of an incident of this tenant, also of a child that only its parent tells of. */
    Optional<Alert> incident(String tenant, String id);

    /** What each host has told of itself, as far as this instance knows; joined by {@link HostRow#joined}. */
    Listing<HostRow> hosts(String tenant);

    /** Templates of lines that no rule knew, the most frequent first; joined by {@link DriftRow#joined}. */
    Listing<DriftRow> drift(String tenant, int limit);

    /** The names of the stores that {@link #raw} reads. */
    List<String> stores();

    /**
     * One row of a store, for engineers, from the parts that this instance is active for.
     *
     * @param key as the store's codec writes it, in hexadecimal digits
     * @throws IllegalArgumentException for a store that does not exist, or a key that is not hexadecimal
     */
    Optional<RawRow> raw(String store, String key);
}
