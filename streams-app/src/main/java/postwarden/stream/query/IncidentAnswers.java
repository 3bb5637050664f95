package postwarden.stream.query;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import postwarden.ask.IncidentQuestion;
import postwarden.ask.Listing;
import postwarden.correlate.Memory;
import postwarden.detect.Subject;
import postwarden.incident.Alert;
import postwarden.incident.Incident;
import postwarden.incident.Showing;
import postwarden.policy.Allowance;
import postwarden.policy.Allowances;
import postwarden.stream.Stores;
import postwarden.stream.codec.Codec;
import postwarden.stream.codec.IncidentCodec;
import postwarden.stream.codec.StateCodecs;

/** What the desk knows of incidents. */
final class IncidentAnswers {
    private static final Codec<Incident> INCIDENT = Codec.ofBytes(IncidentCodec::encode, IncidentCodec::decode);
    private static final int MOST_ROWS = 1000;
    /** Ids whose places are remembered; more than a desk remembers by default. */
    private static final int MOST_PLACES = 20_000;

    private final Reach reach;
    private final Showing showing;
    /** Where an id was last seen, so that it is found without looking at all. */
    private final ConcurrentHashMap<String, String> places = new ConcurrentHashMap<>();

    IncidentAnswers(Reach reach) {
        this.reach = reach;
        showing = new Showing(reach.settings().desk(), reach.settings().configDigest());
    }

    /** The part of the desk where a tenant's reports meet: as Kafka partitions their key. */
    int part(String tenant) {
        byte[] key = tenant.getBytes(StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(key)) % reach.settings().stream().partitions();
    }

    Listing<Alert> incidents(IncidentQuestion question) {
        if (question.limit() < 1 || question.limit() > MOST_ROWS) {
            throw new IllegalArgumentException("a list has 1 to 1000 rows, not " + question.limit());
        }
        Top<Alert> top = new Top<>(IncidentQuestion.ORDER, question.limit());
        long[] total = {0};
        each(question.tenant(), (slot, alert) -> {
            if (fits(question, alert)) {
                total[0]++;
                if (isBehindPage(question, alert)) {
                    top.add(alert);
                }
            }
        });
        return new Listing<>(top.sorted(), total[0]);
    }

    Optional<Alert> incident(String tenant, String id) {
        Deadline deadline = new Deadline("looking for one incident", reach.params());
        return reach.asked(() -> {
            Rows<String, Incident> rows = rows(tenant);
            Allowances allowances = allowances(tenant, deadline);
            @Nullable String place = places.get(tenant + "/" + id);
            Optional<Incident> there = Optional.ofNullable(place)
                    .flatMap(rows::get)
                    .filter(known -> known.id().equals(id));
            if (there.isPresent()) {
                return showing(tenant, rows, deadline).withSilent(there.get(), allowances::covering);
            }
            List<Incident> found = new ArrayList<>();
            scan(tenant, rows, deadline, (slot, incident) -> {
                if (incident.id().equals(id)) {
                    found.add(incident);
                }
            });
            return found.stream()
                    .findFirst()
                    .flatMap(incident -> showing(tenant, rows, deadline).withSilent(incident, allowances::covering));
        });
    }

    /** All incidents of the tenant that somebody was told of. */
    void each(String tenant, BiConsumer<String, Alert> visitor) {
        Deadline deadline = new Deadline("the list of incidents", reach.params());
        reach.asked(() -> {
            Allowances allowances = allowances(tenant, deadline);
            Rows<String, Incident> rows = rows(tenant);
            Showing shown = showing(tenant, rows, deadline);
            scan(
                    tenant,
                    rows,
                    deadline,
                    (slot, incident) ->
                            shown.of(incident, allowances::covering).ifPresent(alert -> visitor.accept(slot, alert)));
            return deadline;
        });
    }

    private void scan(
            String tenant, Rows<String, Incident> rows, Deadline deadline, BiConsumer<String, Incident> visitor) {
        String prefix = Showing.prefix(tenant);
        rows.scan(Codec.TEXT.encode(prefix), slot -> slot.startsWith(prefix), deadline, (slot, value) -> {
            Incident incident = rows.decode(value);
            if (places.size() >= MOST_PLACES) {
                places.clear();
            }
            places.put(tenant + "/" + incident.id(), slot);
            visitor.accept(slot, incident);
        });
    }

    /** Beside the hosts that are silent now. */
    private Showing showing(String tenant, Rows<String, Incident> rows, Deadline deadline) {
        String prefix = Showing.silences(tenant);
        List<Incident> silences = new ArrayList<>();
        rows.scan(
                Codec.TEXT.encode(prefix),
                slot -> slot.startsWith(prefix),
                deadline,
                (slot, value) -> silences.add(rows.decode(value)));
        return showing.beside(silences);
    }

    private Rows<String, Incident> rows(String tenant) {
        return new Rows<>(Codec.TEXT, INCIDENT, Younger.none(), reach.store(Stores.INCIDENTS, part(tenant)));
    }

    private Allowances allowances(String tenant, Deadline deadline) {
        Memory<String, Allowance> told = new Rows<>(
                        Codec.TEXT,
                        StateCodecs.ALLOWANCE,
                        Younger.<String>none(),
                        reach.store(Stores.POLICIES, part(tenant)))
                .once(deadline);
        return new Allowances(told, reach.settings().allowances());
    }

    private static boolean fits(IncidentQuestion question, Alert alert) {
        return (question.states().isEmpty() || question.states().contains(alert.state()))
                && alert.severity().compareTo(question.least()) >= 0
                && (question.detectors().isEmpty() || question.detectors().contains(alert.detector()))
                && !alert.onset().isAfter(question.to())
                && !alert.lastSeen().isBefore(question.from())
                && names(alert.subject(), question.subject());
    }

    private static boolean names(Subject subject, String part) {
        return part.isEmpty()
                || Stream.of(
                                subject.server(),
                                subject.client(),
                                subject.account(),
                                subject.sender(),
                                subject.destination(),
                                subject.recipient(),
                                subject.script())
                        .anyMatch(name -> name.toLowerCase(Locale.ROOT).contains(part));
    }

    private static boolean isBehindPage(IncidentQuestion question, Alert alert) {
        if (question.after().isEmpty()) {
            return true;
        }
        int byOnset = alert.onset().compareTo(question.afterOnset());
        return byOnset < 0 || (byOnset == 0 && alert.incidentId().compareTo(question.after()) > 0);
    }
}
