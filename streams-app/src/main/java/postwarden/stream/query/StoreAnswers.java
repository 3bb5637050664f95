package postwarden.stream.query;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import postwarden.ask.Answers;
import postwarden.ask.DriftRow;
import postwarden.ask.Entity;
import postwarden.ask.EntityQuestion;
import postwarden.ask.EntityRow;
import postwarden.ask.Health;
import postwarden.ask.Holder;
import postwarden.ask.HostRow;
import postwarden.ask.IncidentQuestion;
import postwarden.ask.Listing;
import postwarden.ask.Lookup;
import postwarden.ask.Member;
import postwarden.ask.RawRow;
import postwarden.incident.Alert;
import postwarden.stream.Running;
import postwarden.stream.Service;
import postwarden.tally.Key;

/** Answers from the stores of one running service. */
public final class StoreAnswers implements Answers {
    private final Whereabouts whereabouts;
    private final EntityAnswers entities;
    private final IncidentAnswers incidents;
    private final HostAnswers hosts;
    private final DriftAnswers drift;
    private final RawAnswers raw;

    private StoreAnswers(Service service, Reach reach, Clock clock) {
        Standings standings = new Standings(reach);
        whereabouts = new Whereabouts(service, reach);
        entities = new EntityAnswers(reach, standings, new Copies(reach), clock);
        incidents = new IncidentAnswers(reach);
        hosts = new HostAnswers(reach, standings, incidents);
        drift = new DriftAnswers(reach);
        raw = new RawAnswers(reach);
    }

    /**
     * What the service can answer, as {@code stream.query} in its settings say; its address is that of
     * {@link Running#address}.
     *
     * @param clock tells how old a copy is
     */
    public static Answers of(Service service, Clock clock) {
        return new StoreAnswers(service, new Reach(service), clock);
    }

    @Override
    public Health health() {
        return whereabouts.health();
    }

    @Override
    public Holder holder(Key key) {
        return whereabouts.holder(key, entities.part(key));
    }

    @Override
    public Holder incidentsHolder(String tenant) {
        return whereabouts.incidentsHolder(tenant, incidents.part(tenant));
    }

    @Override
    public List<Member> members() {
        return whereabouts.members();
    }

    @Override
    public Listing<EntityRow> entities(EntityQuestion question) {
        return entities.entities(question);
    }

    @Override
    public Optional<Entity> entity(Lookup lookup) {
        return entities.entity(lookup);
    }

    @Override
    public Listing<Alert> incidents(IncidentQuestion question) {
        return incidents.incidents(question);
    }

    @Override
    public Optional<Alert> incident(String tenant, String id) {
        return incidents.incident(tenant, id);
    }

    @Override
    public Listing<HostRow> hosts(String tenant) {
        return hosts.hosts(tenant);
    }

    @Override
    public Listing<DriftRow> drift(String tenant, int limit) {
        return drift.drift(tenant, limit);
    }

    @Override
    public List<String> stores() {
        return RawAnswers.stores();
    }

    @Override
    public Optional<RawRow> raw(String store, String key) {
        return raw.raw(store, key);
    }
}
