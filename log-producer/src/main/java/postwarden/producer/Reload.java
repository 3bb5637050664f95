package postwarden.producer;

import java.util.List;

/**
 * What became of a configuration that was read while the agent ran.
 *
 * @param added paths of sources that are read from now on
 * @param removed paths of sources that are no longer read
 * @param changed paths of sources that are read otherwise: another host, zone or tenant
 * @param reconnected whether Kafka's producer was built anew, with the settings and certificates as they are now
 * @param later keys that differ and hold from the next start on
 */
public record Reload(
        List<String> added, List<String> removed, List<String> changed, boolean reconnected, List<String> later) {
    public Reload {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        changed = List.copyOf(changed);
        later = List.copyOf(later);
    }
}
