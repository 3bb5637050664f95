package postwarden.incident;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import postwarden.detect.Finding;
import postwarden.detect.sensor.HostSilence;
import postwarden.tally.Sample;

/** Which hosts say nothing at the moment: what an incident about one of them must say, because its quiet is no calm. */
final class Blindness {
    private final Set<String> spots;

    private Blindness(Set<String> spots) {
        this.spots = spots;
    }

    /** As the incidents tell that are going on. */
    static Blindness of(List<Incident> silences) {
        Set<String> spots = new HashSet<>();
        silences.forEach(silence -> spots.addAll(silence.latest().blindSpots()));
        return new Blindness(spots);
    }

    /** Whether an incident says that hosts are silent, and is not over. */
    static boolean isSilence(Incident incident) {
        return incident.detector().equals(HostSilence.ID) && incident.phase() == Phase.OPEN;
    }

    /** What cannot be seen about this incident: what its finding says, and the silence of its hosts. */
    List<String> of(Incident incident) {
        List<String> own = incident.latest().blindSpots();
        if (spots.isEmpty() || incident.detector().equals(HostSilence.ID)) {
            return own;
        }
        List<String> all = new ArrayList<>(own);
        hosts(incident.latest()).stream()
                .map(HostSilence::blindSpot)
                .filter(spots::contains)
                .forEach(all::add);
        return all;
    }

    /** Whether the incident is about a host that says nothing. */
    boolean concerns(Incident incident) {
        return of(incident).size() > incident.latest().blindSpots().size();
    }

    /** Those that it is about: its own, or, where it is about all together, those that its evidence is from. */
    private static Set<String> hosts(Finding finding) {
        Set<String> hosts = new TreeSet<>();
        if (!finding.host().isEmpty()) {
            hosts.add(finding.host());
        } else {
            finding.evidence().stream().map(Sample::host).forEach(hosts::add);
        }
        return hosts;
    }
}
