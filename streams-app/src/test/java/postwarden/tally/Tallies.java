package postwarden.tally;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import postwarden.correlate.RecordedLog;
import postwarden.event.Event;

/** The tallies of a recorded log, all panes of a key in one. */
final class Tallies implements TallySink {
    private final Map<String, Tally> byKey = new TreeMap<>();
    private int opened;

    static Tallies of(String... files) {
        return of(RecordedLog.enriched(files));
    }

    static Tallies of(List<Event> events) {
        Tallies tallies = new Tallies();
        Tallier tallier = new Tallier();
        events.forEach(event -> tallier.tally(event, tallies));
        return tallies;
    }

    @Override
    public Tally open(Watch watch, String name) {
        opened++;
        return byKey.computeIfAbsent(watch + " " + name, key -> new Tally());
    }

    /** The tally of that key, empty when nothing was counted for it. */
    Tally of(Watch watch, String name) {
        return byKey(watch + " " + name);
    }

    Tally byKey(String key) {
        return byKey.getOrDefault(key, new Tally());
    }

    List<String> names(Watch watch) {
        return byKey.keySet().stream()
                .filter(key -> key.startsWith(watch + " "))
                .map(key -> key.substring(key.indexOf(' ') + 1))
                .toList();
    }

    int opened() {
        return opened;
    }

    Map<String, Tally> all() {
        return byKey;
    }
}
