package postwarden.notify;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts what became of the alerts, as {@code postwarden.notify} with the tags {@code receiver} and {@code outcome}: all that was
 * read is told, unwanted, refused, given-up or unreadable; attempts that failed for now are counted beside them as
 * postponed.
 */
public final class NotifyMeters {
    private static final String NAME = "postwarden.notify";

    private final MeterRegistry registry;

    public NotifyMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** What became of a record, or of an attempt. */
    enum Fate {
        TOLD,
        UNWANTED,
        REFUSED,
        GIVEN_UP,
        UNREADABLE,
        POSTPONED;

        String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    void count(String receiver, Fate fate) {
        registry.counter(NAME, "receiver", receiver, "outcome", fate.wireName()).increment();
    }

    /** Every counter that is not zero, such as {@code slack.told=3}, in order. */
    public String sums() {
        Map<String, Long> sums = new TreeMap<>();
        registry.find(NAME)
                .counters()
                .forEach(counter -> sums.put(
                        counter.getId().getTag("receiver") + "."
                                + counter.getId().getTag("outcome"),
                        (long) counter.count()));
        return sums.toString();
    }
}
