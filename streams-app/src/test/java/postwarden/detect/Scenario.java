package postwarden.detect;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import postwarden.tally.Baseline;
import postwarden.tally.Count;
import postwarden.tally.Key;
import postwarden.tally.Pane;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/** A story about one key, told in panes of ten seconds, and what a detector says at the end of each. */
public final class Scenario {
    /** Where stories begin: any pane will do, as long as it is the same every time. */
    public static final Instant START = Instant.parse("2026-11-21T08:00:00Z");

    private static final long FIRST = Pane.of(START);
    private static final long HOUR = Pane.count(Duration.ofHours(1));

    private final Key key;
    private final Map<Count, Baseline> baselines = new EnumMap<>(Count.class);
    private final TreeMap<Long, TreeMap<String, Tally>> panes = new TreeMap<>();

    private Scenario(Watch watch, String name) {
        key = new Key("default", watch, name);
    }

    public static Scenario of(Watch watch, String name) {
        return new Scenario(watch, name);
    }

    /** What happens on {@code host} in every pane from {@code from} to before {@code to}, times after the start. */
    public Scenario during(Duration from, Duration to, String host, Consumer<Tally> events) {
        for (Duration at = from; at.compareTo(to) < 0; at = at.plus(Pane.LENGTH)) {
            at(at, host, events);
        }
        return this;
    }

    /** What happens in the pane that holds this time. */
    public Scenario at(Duration at, String host, Consumer<Tally> events) {
        events.accept(panes.computeIfAbsent(pane(at), pane -> new TreeMap<>()).computeIfAbsent(host, h -> new Tally()));
        return this;
    }

    /** What has been learned of the key. */
    public Scenario usually(Count count, double eachMinute, int minutes) {
        Baseline learned = Baseline.NONE;
        for (int minute = 0; minute < minutes; minute++) {
            learned = learned.learn(eachMinute * (minute % 2 == 0 ? 0.8 : 1.2));
        }
        baselines.put(count, learned);
        return this;
    }

    /** What can be seen at the end of the pane that holds this time. */
    public View view(Duration at, String host) {
        return new Seen(pane(at), host, List.of());
    }

    /** What the detector newly finds or goes on finding, pane by pane, until the end of the story. */
    public List<Finding> assess(Detector detector) {
        List<Finding> findings = new ArrayList<>();
        for (String host : detector.scope().span() == Span.FLEET ? Set.of("") : hosts()) {
            List<Finding> found = List.of();
            for (long pane = panes.firstKey(); pane <= panes.lastKey(); pane++) {
                Set<String> open = found.stream().map(Finding::about).collect(Collectors.toSet());
                found = detector.assess(new Seen(pane, host, found), open);
                findings.addAll(found);
            }
        }
        return findings;
    }

    private Set<String> hosts() {
        Set<String> hosts = new TreeSet<>();
        panes.values().forEach(each -> hosts.addAll(each.keySet()));
        return hosts;
    }

    private static long pane(Duration at) {
        return FIRST + at.toSeconds() / 10;
    }

    private final class Seen implements View {
        private final long pane;
        private final String host;
        private final List<Finding> before;

        private Seen(long pane, String host, List<Finding> before) {
            this.pane = pane;
            this.host = host;
            this.before = before;
        }

        @Override
        public Key key() {
            return key;
        }

        @Override
        public String host() {
            return host;
        }

        @Override
        public long pane() {
            return pane;
        }

        @Override
        public Tally window(Duration length) {
            return window(length, 0);
        }

        @Override
        public Tally window(Duration length, long panesAgo) {
            return sum(pane - panesAgo - Pane.count(length) + 1, pane - panesAgo);
        }

        @Override
        public Optional<Severity> found(String detector) {
            return before.stream()
                    .filter(finding -> finding.detector().equals(detector))
                    .map(Finding::severity)
                    .max(Comparator.naturalOrder());
        }

        @Override
        public Optional<OpenFinding> found(String detector, String about) {
            return before.stream()
                    .filter(finding -> finding.detector().equals(detector)
                            && finding.about().equals(about))
                    .map(finding -> new OpenFinding(
                            finding.pane(), finding.pane(), finding.pane(), 0, finding.severity(), finding.cause()))
                    .findFirst();
        }

        @Override
        public Tally past() {
            return sum(Long.MIN_VALUE, pane - HOUR);
        }

        @Override
        public Tally doubted() {
            return new Tally();
        }

        @Override
        public Baseline baseline(Count count) {
            return baselines.getOrDefault(count, Baseline.NONE);
        }

        @Override
        public Optional<Instant> firstWithin(Duration length, Count count) {
            for (long at = pane - Pane.count(length) + 1; at <= pane; at++) {
                if (sum(at, at).count(count) > 0) {
                    return Optional.of(Pane.start(at));
                }
            }
            return Optional.empty();
        }

        @Override
        public Set<String> hosts(Duration length) {
            Set<String> hosts = new TreeSet<>();
            panes.subMap(pane - Pane.count(length) + 1, true, pane, true)
                    .values()
                    .forEach(each -> hosts.addAll(each.keySet()));
            return hosts;
        }

        private Tally sum(long first, long last) {
            Tally sum = new Tally();
            if (first <= last) {
                panes.subMap(first, true, last, true)
                        .values()
                        .forEach(each -> each.forEach((where, tally) -> {
                            if (host.isEmpty() || host.equals(where)) {
                                sum.merge(tally);
                            }
                        }));
            }
            return sum;
        }
    }
}
