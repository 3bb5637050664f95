package postwarden.evaluate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import postwarden.correlate.Correlator;
import postwarden.correlate.CorrelatorParams;
import postwarden.detect.Severity;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.LogRecord;
import postwarden.parse.LineParser;
import postwarden.scan.MapMemory;

/** The rules of others over the same lines, understood by our parser, so that none loses for its regular expressions. */
final class FixedRules implements Contender {
    /** A key that was told is not told again before it was left alone for so long: as a ban of an hour. */
    private static final Duration SILENCE = Duration.ofHours(1);

    private final LineParser parser = new LineParser();
    private final Correlator correlator =
            new Correlator(new MapMemory<>(), new MapMemory<>(), CorrelatorParams.DEFAULT);
    private final List<Counter> counters =
            FixedRule.ALL.stream().map(Counter::new).toList();
    private List<Notice> notices = new ArrayList<>();

    private record Seen(Instant at, long many, String network) {}

    /** One rule and what it remembers. */
    private static final class Counter {
        final FixedRule rule;
        final Map<String, Deque<Seen>> recent = new HashMap<>();
        final Map<String, Instant> told = new HashMap<>();
        Instant swept = Instant.EPOCH;

        Counter(FixedRule rule) {
            this.rule = rule;
        }

        void take(Event event, List<Notice> notices) {
            String key = rule.key().apply(event);
            if (key.isEmpty()) {
                return;
            }
            sweep(event.time());
            String place = event.host() + " " + key;
            Deque<Seen> seen = recent.computeIfAbsent(place, any -> new ArrayDeque<>());
            Instant since = event.time().minus(rule.window());
            while (!seen.isEmpty() && !seen.peekFirst().at().isAfter(since)) {
                seen.removeFirst();
            }
            seen.add(new Seen(event.time(), rule.many().applyAsLong(event), network(event)));
            if (isTooMuch(seen)) {
                tell(event, key, place, notices);
            }
        }

        private boolean isTooMuch(Deque<Seen> seen) {
            long many = 0;
            Set<String> networks = new HashSet<>();
            for (Seen one : seen) {
                many += one.many();
                networks.add(one.network());
            }
            return many >= rule.threshold() && networks.size() >= rule.places();
        }

        private void tell(Event event, String key, String place, List<Notice> notices) {
            Instant last = told.put(place, event.time());
            if (last == null || last.plus(SILENCE).isBefore(event.time())) {
                notices.add(new Notice(
                        rule.name() + " " + place + " " + event.time(),
                        rule.name(),
                        Set.of(rule.name()),
                        Notice.Step.OPENED,
                        false,
                        event.time(),
                        Severity.MEDIUM,
                        event.host(),
                        key.equals(event.host()) ? Set.of() : Set.of(key),
                        ""));
            }
        }

        /** Forgets who was long silent, once in an hour. */
        private void sweep(Instant now) {
            if (swept.plus(SILENCE).isBefore(now)) {
                swept = now;
                Instant since = now.minus(SILENCE).minus(SILENCE);
                recent.values()
                        .removeIf(seen ->
                                seen.peekLast() == null || seen.peekLast().at().isBefore(since));
                told.values().removeIf(since::isAfter);
            }
        }

        private static String network(Event event) {
            String ip = event.text(Field.CLIENT_IP, "");
            return ip.substring(0, Math.max(0, ip.lastIndexOf('.')));
        }
    }

    @Override
    public void greet(List<String> hosts) {
        // They know no fleet.
    }

    @Override
    public void take(LogRecord.Line line) {
        Event event = correlator.enrich(parser.parse(line));
        if (!event.has(Field.AMBIGUOUS) && !event.has(Field.COPY)) {
            counters.forEach(counter -> counter.take(event, notices));
        }
    }

    @Override
    public List<Notice> tell(Instant now) {
        List<Notice> told = notices;
        notices = new ArrayList<>();
        return told;
    }
}
