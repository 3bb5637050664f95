package postwarden.schema.wire;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Schema ids that the registry does not know. A host may write any four bytes where an id belongs, so that asking for
 * each would let it turn every reader into a load on the registry: an answer is remembered for a while, and questions
 * that end in a "no" are rationed.
 */
final class UnknownIds {
    /** How long a "no" is believed: a schema that was registered since is read after this time. */
    private static final Duration BELIEVED = Duration.ofSeconds(30);

    /** "No"s kept at once; about 100 kB. */
    private static final int REMEMBERED = 1024;

    /** "No"s a second before unknown ids are refused unasked; a true new id costs one question in its life. */
    private static final int RATION = 10;

    private final Clock clock;
    private final Map<Integer, Long> refusedAt = new LinkedHashMap<>();
    private long second;
    private int asked;

    UnknownIds(Clock clock) {
        this.clock = clock;
    }

    /** Why an id must not be asked for now, or empty. */
    synchronized Optional<String> refusal(int id) {
        long now = clock.millis();
        Long before = refusedAt.get(id);
        // Either way round: a clock that was set back must not make a "no" last.
        if (before != null && Math.abs(now - before) < BELIEVED.toMillis()) {
            return Optional.of("schema id " + id + " is not known to the registry");
        }
        boolean spent = now / 1000 == second && asked >= RATION;
        return spent
                ? Optional.of("schema id " + id + " was not asked for: more than " + RATION
                        + " unknown ids came within a second")
                : Optional.empty();
    }

    /** Remembers a "no". */
    synchronized void add(int id) {
        long now = clock.millis();
        asked = now / 1000 == second ? asked + 1 : 1;
        second = now / 1000;
        refusedAt.remove(id);
        refusedAt.put(id, now);
        if (refusedAt.size() > REMEMBERED) {
            refusedAt.remove(refusedAt.keySet().iterator().next());
        }
    }
}
