package postwarden.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a watch keeps about one key over all hosts. Owned and changed by the watcher. */
public final class KeyState {
    /** By host; the empty name is for what concerns all hosts together. */
    final TreeMap<String, Track> tracks = new TreeMap<>();
    /** Hosts of which the tracks are in rows of their own, because there are many. */
    final TreeSet<String> elsewhere = new TreeSet<>();

    final TreeMap<OpenName, OpenFinding> open = new TreeMap<>();

    /**
     * From which pane to which an account was not its owner's alone, as far as was found: what was counted then is no history
     * to hold anything against. Whole minutes, the first pane by the last.
     */
    final TreeMap<Long, Long> doubts = new TreeMap<>();

    /** Times of doubt that are kept, the newest; each is an hour or longer, and asked for when it is an hour old. */
    private static final int DOUBTS = 16;

    /**
     * From now on nothing that was counted between these panes is believed, both included; from the first whole minute on, as windows
     * begin, so that what was past when it was doubted stays past.
     */
    void doubt(long from, long to) {
        long first = History.minuteOf(from + History.MINUTE - 1);
        long last = History.minuteOf(to) + History.MINUTE - 1;
        Map.Entry<Long, Long> before = doubts.floorEntry(last + 1);
        while (before != null && before.getValue() >= first - 1) {
            first = Math.min(first, before.getKey());
            last = Math.max(last, before.getValue());
            doubts.remove(before.getKey());
            before = doubts.floorEntry(last + 1);
        }
        doubts.put(first, last);
        if (doubts.size() > DOUBTS) {
            doubts.pollFirstEntry();
        }
    }

    /** Whether what was counted in this pane, or in the minute that begins with it, is not believed. */
    boolean isDoubtful(long pane) {
        Map.Entry<Long, Long> doubt = doubts.isEmpty() ? null : doubts.floorEntry(pane);
        return doubt != null && doubt.getValue() >= pane;
    }

    /** The findings that are open on the host, or for all hosts together where it is empty. */
    List<OpenFinding> openAt(String host) {
        if (open.isEmpty()) {
            return List.of();
        }
        List<OpenFinding> at = new ArrayList<>();
        open.forEach((name, finding) -> {
            if (name.host().equals(host)) {
                at.add(finding);
            }
        });
        return at;
    }

    /** What this detector's findings that are open on the host are about. */
    Set<String> openAbout(String detector, String host) {
        if (open.isEmpty()) {
            return Set.of();
        }
        Set<String> about = new TreeSet<>();
        open.keySet().stream()
                .filter(name -> name.detector().equals(detector) && name.host().equals(host))
                .forEach(name -> about.add(name.about()));
        return about;
    }
}
