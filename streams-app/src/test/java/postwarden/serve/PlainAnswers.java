package postwarden.serve;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
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
import postwarden.ask.NotReady;
import postwarden.ask.RawRow;
import postwarden.incident.Alert;
import postwarden.policy.NamePattern;
import postwarden.tally.Key;
import postwarden.tally.Watch;

/** One instance's part of the state, as plain data that a test puts there. */
final class PlainAnswers implements Answers {
    final String own;
    /** Which instance holds which key; whoever is not in it is held by nobody. */
    final Map<String, String> holders;

    final Map<String, Entity> entities = new TreeMap<>();
    final Map<String, Entity> copies = new TreeMap<>();
    final List<Alert> alerts = new ArrayList<>();
    final List<HostRow> hosts = new ArrayList<>();
    final List<DriftRow> drift = new ArrayList<>();
    final Map<String, RawRow> rows = new TreeMap<>();
    /** Where the desk is. */
    volatile String desk;
    /** Addresses of the members, and what they claim. */
    volatile List<String> members;

    volatile @Nullable NotReady notReady;
    volatile Health health = new Health("RUNNING", true, true, List.of());
    /** Lists wait for it. */
    volatile CountDownLatch hold = new CountDownLatch(0);

    final Semaphore scanning = new Semaphore(0);

    PlainAnswers(String own, Map<String, String> holders, String desk, List<String> members) {
        this.own = own;
        this.holders = holders;
        this.desk = desk;
        this.members = members;
    }

    static String text(Key key) {
        return key.tenant() + "/" + key.watch() + "/" + key.name();
    }

    private void ready() {
        NotReady why = notReady;
        if (why != null) {
            throw why;
        }
    }

    @Override
    public Health health() {
        return health;
    }

    @Override
    public Holder holder(Key key) {
        ready();
        String holder = holders.getOrDefault(text(key), members.get(0));
        return new Holder(
                holder.equals(own),
                holder,
                members.stream().filter(one -> !one.equals(holder)).toList(),
                0);
    }

    @Override
    public Holder incidentsHolder(String tenant) {
        ready();
        return new Holder(desk.equals(own), desk, List.of(), 0);
    }

    @Override
    public List<Member> members() {
        return members.stream()
                .map(address -> new Member(address, address.equals(own), 4, 0))
                .toList();
    }

    @Override
    public Listing<EntityRow> entities(EntityQuestion question) {
        ready();
        if (question.measure().equals("noSuchMeasure")) {
            throw new IllegalArgumentException("there is no measure of that name");
        }
        scanning.release();
        try {
            hold.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        EntityRow after = new EntityRow(
                "client",
                "",
                question.after(),
                java.time.Instant.EPOCH,
                Map.of(question.measure(), question.afterMeasure()),
                0,
                List.of());
        List<EntityRow> all = entities.values().stream()
                .flatMap(entity -> told(entity, question.hosts()).stream())
                .map(Entity::row)
                .filter(row -> row.tenant().equals(question.tenant()))
                .filter(row -> row.kind().equalsIgnoreCase(question.watch().name()))
                .filter(row -> row.name().contains(question.search()))
                .sorted(question.order())
                .toList();
        return new Listing<>(
                all.stream()
                        .filter(row ->
                                question.after().isEmpty() || question.order().compare(row, after) > 0)
                        .limit(question.limit())
                        .toList(),
                all.size());
    }

    @Override
    public Optional<Entity> entity(Lookup lookup) {
        ready();
        Entity held = entities.get(text(lookup.key()));
        return Optional.ofNullable(held == null && lookup.stale() ? copies.get(text(lookup.key())) : held)
                .flatMap(entity -> told(entity, lookup.hosts()))
                .map(entity -> lookup.brief() ? Pair.brief(entity) : entity);
    }

    /** What some hosts have told: each host the same share of what there is. */
    private static Optional<Entity> told(Entity entity, List<String> patterns) {
        List<String> hosts = entity.hosts().stream()
                .filter(host -> patterns.isEmpty()
                        || patterns.stream().anyMatch(pattern -> new NamePattern(pattern).matches(host)))
                .toList();
        if (hosts.size() == entity.hosts().size()) {
            return Optional.of(entity);
        }
        return hosts.isEmpty()
                ? Optional.empty()
                : Optional.of(Pair.entity(
                        Watch.valueOf(entity.row().kind().toUpperCase(java.util.Locale.ROOT)),
                        entity.row().name(),
                        entity.row().measures().getOrDefault("connects", 0.0)
                                * hosts.size()
                                / entity.hosts().size(),
                        hosts,
                        entity.standby()));
    }

    @Override
    public Listing<Alert> incidents(IncidentQuestion question) {
        ready();
        List<Alert> all = alerts.stream()
                .filter(alert -> alert.tenant().equals(question.tenant()))
                .filter(alert ->
                        question.states().isEmpty() || question.states().contains(alert.state()))
                .filter(alert -> alert.severity().compareTo(question.least()) >= 0)
                .filter(alert ->
                        question.detectors().isEmpty() || question.detectors().contains(alert.detector()))
                .filter(alert -> alert.subject().toString().contains(question.subject()))
                .filter(alert -> !alert.onset().isAfter(question.to())
                        && !alert.lastSeen().isBefore(question.from()))
                .sorted(IncidentQuestion.ORDER)
                .toList();
        List<Alert> rest = all.stream()
                .filter(alert -> question.after().isEmpty() || isBehind(alert, question))
                .limit(question.limit())
                .toList();
        return new Listing<>(rest, all.size());
    }

    private static boolean isBehind(Alert alert, IncidentQuestion question) {
        int order = question.afterOnset().compareTo(alert.onset());
        return order > 0 || (order == 0 && alert.incidentId().compareTo(question.after()) > 0);
    }

    @Override
    public Optional<Alert> incident(String tenant, String id) {
        ready();
        return alerts.stream()
                .filter(alert ->
                        alert.tenant().equals(tenant) && alert.incidentId().equals(id))
                .findFirst();
    }

    @Override
    public Listing<HostRow> hosts(String tenant) {
        ready();
        List<HostRow> all =
                hosts.stream().filter(row -> row.tenant().equals(tenant)).toList();
        return new Listing<>(all, all.size());
    }

    @Override
    public Listing<DriftRow> drift(String tenant, int limit) {
        ready();
        List<DriftRow> sorted = drift.stream()
                .sorted(Comparator.comparingLong(DriftRow::count).reversed())
                .toList();
        return new Listing<>(sorted.stream().limit(limit).toList(), sorted.size());
    }

    @Override
    public List<String> stores() {
        return List.of("drift-v1", "watch-v1");
    }

    @Override
    public Optional<RawRow> raw(String store, String key) {
        ready();
        if (!stores().contains(store)) {
            throw new IllegalArgumentException("there is no such store");
        }
        if (!key.matches("([0-9a-f]{2})+")) {
            throw new IllegalArgumentException("the key must be hexadecimal");
        }
        return Optional.ofNullable(rows.get(store + "/" + key));
    }
}
