package postwarden.ask;

import java.util.List;

/**
 * Who answers for a part of the state.
 *
 * @param self whether it is the instance that was asked
 * @param active address ({@code host:port}) of the instance that counts it
 * @param standbys addresses of those that have a copy
 * @param partition number of the part
 */
public record Holder(boolean self, String active, List<String> standbys, int partition) {
    public Holder {
        standbys = List.copyOf(standbys);
    }
}
