package postwarden.policy;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import postwarden.policy.Remark.Aspect;

/**
 * What operators have said of one incident: the last of each aspect, so three at most.
 *
 * @param byAspect each under its own aspect
 */
public record Remarks(SortedMap<Aspect, Remark> byAspect) {
    public static final Remarks NONE = new Remarks(new TreeMap<>());

    public Remarks {
        byAspect = Collections.unmodifiableSortedMap(new TreeMap<>(byAspect));
        byAspect.forEach((aspect, remark) -> {
            if (remark.aspect() != aspect) {
                throw new IllegalArgumentException("a remark of " + remark.aspect() + " stands under " + aspect);
            }
        });
    }

    /** The last one of each aspect. */
    public static Remarks of(Iterable<Remark> remarks) {
        Map<Aspect, Remark> byAspect = new TreeMap<>();
        remarks.forEach(remark -> byAspect.put(remark.aspect(), remark));
        return new Remarks(new TreeMap<>(byAspect));
    }

    /** These with one more, in the place of the one of its aspect. */
    public Remarks with(Remark remark) {
        SortedMap<Aspect, Remark> more = new TreeMap<>(byAspect);
        more.put(remark.aspect(), remark);
        return new Remarks(more);
    }

    public Optional<Remark> of(Aspect aspect) {
        return Optional.ofNullable(byAspect.get(aspect));
    }

    public boolean isEmpty() {
        return byAspect.isEmpty();
    }

    /** What this record of the incident is the first to tell, if anything. */
    public Optional<Remark> news(int sequence) {
        return byAspect.values().stream()
                .filter(remark -> remark.sequence() == sequence)
                .findFirst();
    }
}
