package postwarden.stream.query;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import postwarden.ask.HostRow;
import postwarden.ask.Listing;
import postwarden.ask.Trouble;
import postwarden.detect.Dossier;
import postwarden.incident.Alert;
import postwarden.stream.ByPart;
import postwarden.stream.Shared;
import postwarden.tally.Count;
import postwarden.tally.Key;
import postwarden.tally.Watch;

/** What is known of hosts: their numbers where their keys are, and their incidents where the tenant's desk is. */
final class HostAnswers {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Reach reach;
    private final Standings standings;
    private final IncidentAnswers incidents;

    HostAnswers(Reach reach, Standings standings, IncidentAnswers incidents) {
        this.reach = reach;
        this.standings = standings;
        this.incidents = incidents;
    }

    Listing<HostRow> hosts(String tenant) {
        List<HostRow> rows = new ArrayList<>();
        Deadline deadline = new Deadline("the list of hosts", reach.params());
        for (Shared shared : reach.shared(Kind.WATCH)) {
            rows.addAll(reach.asked(() -> numbers(tenant, shared, deadline)));
        }
        if (reach.active(Kind.DESK).contains(incidents.part(tenant))) {
            troubles(tenant)
                    .forEach((host, open) ->
                            rows.add(new HostRow(tenant, host, Instant.EPOCH, HostRow.UNKNOWN, 0, 0, open)));
        }
        return HostRow.joined(List.of(new Listing<>(rows, rows.size())));
    }

    /** All parts know all hosts; each tells of those whose keys it has, so that no two tell of the same. */
    private List<HostRow> numbers(String tenant, Shared shared, Deadline deadline) {
        KeyRows rows = KeyRows.of(reach, shared);
        Standing standing = standings.of(shared, rows, deadline);
        int parts = reach.settings().stream().partitions();
        List<HostRow> hosts = new ArrayList<>();
        standing.hosts(tenant).forEach((name, host) -> {
            Key key = new Key(tenant, Watch.SERVER, name);
            if (ByPart.of(key, parts) == shared.part()) {
                deadline.row();
                Optional<Dossier> dossier = rows.dossier(key, standing, HostScope.of(List.of()), deadline);
                hosts.add(new HostRow(
                        tenant,
                        name,
                        host.closedThrough(),
                        host.state().name(),
                        count(dossier, Count.LINES),
                        count(dossier, Count.UNRECOGNISED) + count(dossier, Count.UNPARSED),
                        Map.of()));
            }
        });
        return hosts;
    }

    private static double count(Optional<Dossier> dossier, Count count) {
        return dossier.map(known -> (double) known.window(HOUR, count)).orElse(0.0);
    }

    /** Open incidents by host and family: about the host itself, or shown by its lines. */
    private Map<String, Map<String, Long>> troubles(String tenant) {
        Map<String, Map<String, Long>> troubles = new HashMap<>();
        incidents.each(tenant, (slot, alert) -> {
            if (!alert.isOver() && alert.allowed().isEmpty()) {
                for (String host : hosts(alert)) {
                    troubles.computeIfAbsent(host, name -> new TreeMap<>())
                            .merge(Trouble.of(alert.detector()).wireName(), 1L, Long::sum);
                }
            }
        });
        return troubles;
    }

    private static Set<String> hosts(Alert alert) {
        Set<String> hosts = new TreeSet<>();
        if (alert.subject().server().isEmpty()) {
            alert.evidence().forEach(line -> hosts.add(line.host()));
        } else {
            hosts.add(alert.subject().server());
        }
        return hosts;
    }
}
