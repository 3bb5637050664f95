package postwarden.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What a watch keeps about one key over all hosts, but for the tallies themselves. Owned and changed by the watcher. */
public final class KeyState {
    /** By host; the empty name is for what concerns all hosts together. */
    final TreeMap<String, Track> tracks = new TreeMap<>();
    /** By detector and host, see {@link #openName}. */
    final TreeMap<String, OpenFinding> open = new TreeMap<>();

    Track track(String host) {
        return tracks.computeIfAbsent(host, h -> new Track());
    }

    static String openName(String detector, String host) {
        return detector + "@" + host;
    }

    /** The findings that are open on the host, or for all hosts together where it is empty. */
    List<OpenFinding> openAt(String host) {
        List<OpenFinding> at = new ArrayList<>();
        open.forEach((name, finding) -> {
            if (name.substring(name.indexOf('@') + 1).equals(host)) {
                at.add(finding);
            }
        });
        return at;
    }
}
