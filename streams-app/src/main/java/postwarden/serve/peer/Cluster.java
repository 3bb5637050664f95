package postwarden.serve.peer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import postwarden.ask.Answers;
import postwarden.ask.DriftRow;
import postwarden.ask.Entity;
import postwarden.ask.EntityQuestion;
import postwarden.ask.EntityRow;
import postwarden.ask.Holder;
import postwarden.ask.HostRow;
import postwarden.ask.IncidentQuestion;
import postwarden.ask.Listing;
import postwarden.ask.Lookup;
import postwarden.ask.Member;
import postwarden.ask.NotReady;
import postwarden.ask.RawRow;
import postwarden.serve.wire.Json;
import postwarden.serve.wire.Refusal;
import postwarden.serve.wire.Told;

/**
 * Answers for every key, whichever instance holds it: a look-up goes to the holder, a list to everybody. Where one of those
 * who are needed does not answer there is no answer, never one that lacks its part.
 */
public final class Cluster {
    private final Answers answers;
    private final OwnPart ownPart;
    private final Peers peers;
    private final String own;

    /** @param own address of this instance, as the others know it; empty where it is alone */
    public Cluster(Answers answers, OwnPart ownPart, Peers peers, String own) {
        this.answers = answers;
        this.ownPart = ownPart;
        this.peers = peers;
        this.own = own;
    }

    /** Keys of a watch. @throws Refusal 502 @throws NotReady */
    public Listing<EntityRow> entities(EntityQuestion question) {
        return Listing.joined(
                gathered(
                        answers.entities(question),
                        question.hosts().isEmpty() ? PeerQuestion.ENTITIES : PeerQuestion.ENTITIES_OF_HOSTS,
                        question,
                        EntityRow.class),
                question.order(),
                question.limit());
    }

    /** What is known about one key; of a standby's copy where that will do and its holder does not answer. */
    public Optional<Entity> entity(Lookup lookup) {
        Holder holder = answers.holder(lookup.key());
        if (holder.self()) {
            return answers.entity(lookup);
        }
        if (!lookup.stale()) {
            return entity(holder.active(), lookup);
        }
        try {
            return entity(holder.active(), lookup);
        } catch (Refusal | NotReady silent) {
            return copy(holder, lookup, silent);
        }
    }

    private Optional<Entity> copy(Holder holder, Lookup lookup, RuntimeException activeFailed) {
        if (holder.standbys().contains(own)) {
            return answers.entity(lookup);
        }
        for (String standby : holder.standbys()) {
            try {
                return entity(standby, lookup);
            } catch (Refusal | NotReady alsoSilent) {
                activeFailed.addSuppressed(alsoSilent);
            }
        }
        throw activeFailed;
    }

    private Optional<Entity> entity(String holder, Lookup lookup) {
        String kind = lookup.hosts().isEmpty() ? PeerQuestion.ENTITY : PeerQuestion.ENTITY_OF_HOSTS;
        return peers.ask(holder, kind, PeerQuestion.OfEntity.of(lookup)).map(bytes -> read(bytes, Entity.class));
    }

    /** Incidents of one tenant, which all are at one desk. */
    public Listing<Told> incidents(IncidentQuestion question) {
        Holder holder = answers.incidentsHolder(question.tenant());
        if (holder.self()) {
            return ownPart.told(question);
        }
        byte[] answer = peers.ask(holder.active(), PeerQuestion.INCIDENTS, question)
                .orElseThrow(() -> Refusal.badGateway("a peer does not know the question"));
        return listing(answer, Told.class);
    }

    /** One incident. */
    public Optional<Told> incident(String tenant, String id) {
        Holder holder = answers.incidentsHolder(tenant);
        return holder.self()
                ? answers.incident(tenant, id).map(Told::of)
                : peers.ask(holder.active(), PeerQuestion.INCIDENT, new PeerQuestion.OfIncident(tenant, id))
                        .map(bytes -> read(bytes, Told.class));
    }

    /** All hosts, each once: several instances know of the same one, and some know more of it. */
    public Listing<HostRow> hosts(String tenant) {
        List<Listing<HostRow>> all =
                gathered(answers.hosts(tenant), PeerQuestion.HOSTS, new PeerQuestion.OfHosts(tenant), HostRow.class);
        return merged(all, HostRow::host, Cluster::together, Comparator.comparing(HostRow::host), Integer.MAX_VALUE);
    }

    private static HostRow together(HostRow one, HostRow other) {
        HostRow later = one.closedThrough().isBefore(other.closedThrough()) ? other : one;
        Map<String, Long> open = new TreeMap<>(one.open());
        other.open().forEach((family, count) -> open.merge(family, count, Math::max));
        return new HostRow(
                later.tenant(),
                later.host(),
                later.closedThrough(),
                later.state(),
                Math.max(one.lines(), other.lines()),
                Math.max(one.notUnderstood(), other.notUnderstood()),
                open);
    }

    /** The most frequent templates; each instance counts those of its hosts. */
    public Listing<DriftRow> drift(String tenant, int limit) {
        List<Listing<DriftRow>> all = gathered(
                answers.drift(tenant, limit),
                PeerQuestion.DRIFT,
                new PeerQuestion.OfDrift(tenant, limit),
                DriftRow.class);
        return merged(
                all,
                DriftRow::id,
                Cluster::together,
                Comparator.comparingLong(DriftRow::count).reversed().thenComparing(DriftRow::id),
                limit);
    }

    private static DriftRow together(DriftRow one, DriftRow other) {
        return new DriftRow(
                one.id(),
                one.daemon(),
                one.program(),
                one.template(),
                one.count() + other.count(),
                one.first().isBefore(other.first()) ? one.first() : other.first(),
                one.last().isAfter(other.last()) ? one.last() : other.last(),
                one.version(),
                one.sample());
    }

    private static <T> Listing<T> merged(
            List<Listing<T>> lists,
            Function<T, String> name,
            BinaryOperator<T> together,
            Comparator<? super T> order,
            int limit) {
        Map<String, T> byName = lists.stream()
                .flatMap(list -> list.rows().stream())
                .collect(Collectors.toMap(name, Function.identity(), together, TreeMap::new));
        // Rows that an instance left out for the limit are counted once by each; that is as near as it can be told.
        long leftOut = lists.stream()
                .mapToLong(list -> list.total() - list.rows().size())
                .sum();
        return Listing.joined(
                List.of(new Listing<>(List.copyOf(byName.values()), byName.size() + leftOut)), order, limit);
    }

    /** One row of a store, wherever it is. @throws IllegalArgumentException for a store or key that is none */
    public Optional<RawRow> raw(String store, String key) {
        Optional<RawRow> here = answers.raw(store, key);
        return here.isPresent()
                ? here
                : peers.ask(others(), PeerQuestion.RAW, new PeerQuestion.OfRaw(store, key)).stream()
                        .flatMap(Optional::stream)
                        .map(bytes -> read(bytes, RawRow.class))
                        .findFirst();
    }

    private <T> List<Listing<T>> gathered(Listing<T> here, String kind, Object question, Class<T> row) {
        List<Listing<T>> all = new ArrayList<>();
        all.add(here);
        for (Optional<byte[]> answer : peers.ask(others(), kind, question)) {
            all.add(listing(answer.orElseThrow(() -> Refusal.badGateway("a peer does not know the question")), row));
        }
        return all;
    }

    private List<String> others() {
        Stream<Member> others = answers.members().stream().filter(member -> !member.self());
        return others.map(member -> {
                    if (member.address().isEmpty()) {
                        throw Refusal.badGateway("a member of the group has no address (api.peers.advertise)");
                    }
                    return member.address();
                })
                .toList();
    }

    private static <T> T read(byte[] answer, Class<T> type) {
        try {
            return Json.read(answer, type);
        } catch (IOException broken) {
            throw Refusal.badGateway("a peer's answer cannot be read");
        }
    }

    private static <T> Listing<T> listing(byte[] answer, Class<T> row) {
        try {
            return Json.listing(answer, row);
        } catch (IOException broken) {
            throw Refusal.badGateway("a peer's answer cannot be read");
        }
    }
}
