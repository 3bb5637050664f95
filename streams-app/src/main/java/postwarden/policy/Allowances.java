package postwarden.policy;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import postwarden.correlate.Memory;
import postwarden.detect.Finding;

/** The allowances of all tenants, as they were last told. */
public final class Allowances {
    /** Of several that cover a finding the one that holds longest is named, then the first by its id. */
    private static final Comparator<Allowance> LONGEST_FIRST =
            Comparator.comparing(Allowance::until).reversed().thenComparing(Allowance::id);

    private final Memory<String, Allowance> memory;
    private final Map<String, Map<String, Allowance>> byTenant = new HashMap<>();

    /**
     * Over this memory.
     *
     * @param standing what holds beside it, whatever is told
     */
    public Allowances(Memory<String, Allowance> memory, List<Allowance> standing) {
        this.memory = memory;
        standing.forEach(this::hold);
        memory.forEach((name, allowance) -> hold(allowance));
    }

    /** Takes one in, in the place of one with the same id. */
    public void put(Allowance allowance) {
        memory.put(name(allowance.tenant(), allowance.id()), allowance);
        hold(allowance);
    }

    /** Forgets one; none is no error. */
    public void remove(String tenant, String id) {
        memory.remove(name(tenant, id));
        Optional.ofNullable(byTenant.get(tenant)).ifPresent(theirs -> theirs.remove(id));
    }

    /** The one that covers the finding. */
    public Optional<Allowance> covering(Finding finding) {
        return byTenant.getOrDefault(finding.key().tenant(), Map.of()).values().stream()
                .filter(allowance -> allowance.covers(finding))
                .min(LONGEST_FIRST);
    }

    private void hold(Allowance allowance) {
        byTenant.computeIfAbsent(allowance.tenant(), tenant -> new TreeMap<>()).put(allowance.id(), allowance);
    }

    /** No id has a slash. */
    private static String name(String tenant, String id) {
        return tenant + "/" + id;
    }
}
