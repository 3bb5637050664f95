package postwarden.stream.query;

import java.util.ArrayList;
import java.util.List;
import postwarden.ask.DriftRow;
import postwarden.ask.Listing;
import postwarden.drift.TemplateCount;
import postwarden.stream.Shared;
import postwarden.stream.Stores;
import postwarden.stream.codec.Codec;
import postwarden.stream.codec.StateCodecs;

/** What the intake knows of lines that no rule knew. */
final class DriftAnswers {
    private final Reach reach;

    DriftAnswers(Reach reach) {
        this.reach = reach;
    }

    Listing<DriftRow> drift(String tenant, int limit) {
        Deadline deadline = new Deadline("the list of unknown lines", reach.params());
        String prefix = tenant + "/";
        List<Listing<DriftRow>> parts = new ArrayList<>();
        for (Shared shared : reach.shared(Kind.INTAKE)) {
            List<DriftRow> found = new ArrayList<>();
            reach.asked(() -> {
                Rows<String, TemplateCount> rows = rows(shared);
                // A tenant's name may have a slash of its own, a template's has none.
                rows.scan(Codec.TEXT.encode(prefix), key -> key.startsWith(prefix), deadline, (key, value) -> {
                    if (key.lastIndexOf('/') == tenant.length()) {
                        found.add(row(rows.decode(value)));
                    }
                });
                return found;
            });
            parts.add(new Listing<>(found, found.size()));
        }
        return DriftRow.joined(parts, limit);
    }

    private Rows<String, TemplateCount> rows(Shared shared) {
        Younger<String> younger =
                shared.<String>recent(Stores.DRIFT).map(Younger::of).orElseGet(Younger::none);
        return new Rows<>(Codec.TEXT, StateCodecs.TEMPLATE_COUNT, younger, reach.store(Stores.DRIFT, shared.part()));
    }

    private static DriftRow row(TemplateCount counted) {
        return new DriftRow(
                counted.template().name(),
                counted.template().daemon().wireName(),
                counted.template().program(),
                counted.template().text(),
                counted.count(),
                counted.first(),
                counted.last(),
                counted.version(),
                counted.sample());
    }
}
