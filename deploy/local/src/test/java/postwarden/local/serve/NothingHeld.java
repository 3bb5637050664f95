package postwarden.local.serve;

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
import postwarden.tally.Key;

/** An instance that has counted nothing yet. */
final class NothingHeld implements Answers {
    private static final Holder HERE = new Holder(true, "", List.of(), 0);

    @Override
    public Health health() {
        return new Health("RUNNING", true, true, List.of());
    }

    @Override
    public Holder holder(Key key) {
        return HERE;
    }

    @Override
    public Holder incidentsHolder(String tenant) {
        return HERE;
    }

    @Override
    public List<Member> members() {
        return List.of(new Member("", true, 0, 0));
    }

    @Override
    public Listing<EntityRow> entities(EntityQuestion question) {
        return new Listing<>(List.of(), 0);
    }

    @Override
    public Optional<Entity> entity(Lookup lookup) {
        return Optional.empty();
    }

    @Override
    public Listing<Alert> incidents(IncidentQuestion question) {
        return new Listing<>(List.of(), 0);
    }

    @Override
    public Optional<Alert> incident(String tenant, String id) {
        return Optional.empty();
    }

    @Override
    public Listing<HostRow> hosts(String tenant) {
        return new Listing<>(List.of(), 0);
    }

    @Override
    public Listing<DriftRow> drift(String tenant, int limit) {
        return new Listing<>(List.of(), 0);
    }

    @Override
    public List<String> stores() {
        return List.of();
    }

    @Override
    public Optional<RawRow> raw(String store, String key) {
        return Optional.empty();
    }
}
