package postwarden.producer.checkpoint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Identities of files by what leads to them. Nearly always that is one, which takes no set of its own; for any thread.
 *
 * @param <K> what leads to a file, such as its place
 */
final class Index<K> {
    private final Map<K, String> first = new HashMap<>();
    /** Identities beside the first. */
    private final Map<K, Set<String>> others = new HashMap<>();

    synchronized void add(K key, String id) {
        String known = first.putIfAbsent(key, id);
        if (known != null && !known.equals(id)) {
            others.computeIfAbsent(key, k -> new LinkedHashSet<>()).add(id);
        }
    }

    synchronized void remove(K key, String id) {
        Set<String> beside = others.getOrDefault(key, Set.of());
        if (id.equals(first.get(key))) {
            if (beside.isEmpty()) {
                first.remove(key);
            } else {
                String next = beside.iterator().next();
                first.put(key, next);
                beside.remove(next);
            }
        } else if (!beside.isEmpty()) {
            beside.remove(id);
        }
        if (beside.isEmpty()) {
            others.remove(key);
        }
    }

    synchronized List<String> ids(K key) {
        List<String> ids = new ArrayList<>(others.getOrDefault(key, Set.of()));
        String one = first.get(key);
        if (one != null) {
            ids.add(one);
        }
        return ids;
    }
}
