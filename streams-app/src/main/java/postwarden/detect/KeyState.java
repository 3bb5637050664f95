package postwarden.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a watch keeps about one key over all hosts. Owned and changed by the watcher. */
public final class KeyState {
    /** By host; the empty name is for what concerns all hosts together. */
    final TreeMap<String, Track> tracks = new TreeMap<>();
    /** Hosts of which the tracks are in rows of their own, because there are many. */
    final TreeSet<String> elsewhere = new TreeSet<>();
    /** By detector and host, see {@link #openName}. */
    final TreeMap<String, OpenFinding> open = new TreeMap<>();

    static String openName(String detector, String host) {
        return detector + "@" + host;
    }

    /** The findings that are open on the host, or for all hosts together where it is empty. */
    List<OpenFinding> openAt(String host) {
        if (open.isEmpty()) {
            return List.of();
        }
        List<OpenFinding> at = new ArrayList<>();
        open.forEach((name, finding) -> {
            if (name.substring(name.indexOf('@') + 1).equals(host)) {
                at.add(finding);
            }
        });
        return at;
    }
}
