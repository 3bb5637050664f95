package postwarden.producer;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import postwarden.producer.follow.Feed;
import postwarden.producer.follow.Source;
import postwarden.producer.sample.ProbeParams;
import postwarden.producer.sample.SampleParams;

/**
 * Which keys of two configurations differ, by the names that an operator knows. A component of a record of parameters is named as its key
 * is, but for the hyphens; {@code ChangesTest} holds that against the reference.
 */
final class Differences {
    /** What a journal's or a port's own entry among the sources says; everything else of it stands under a key of its own. */
    private static final Set<String> OF_THE_SOURCE =
            Set.of("units", "identifiers", "users", "directory", "address", "tls");

    private final List<String> keys = new ArrayList<>();

    /** The keys, in the order of the sections that were compared. */
    List<String> keys() {
        return keys.stream().distinct().toList();
    }

    /** Notes a single key. */
    void key(String key, Object before, Object fresh) {
        if (!before.equals(fresh)) {
            keys.add(key);
        }
    }

    /** Notes each component that differs, but those that are left out. */
    void section(String section, Record before, Record fresh, Set<String> leftOut) {
        for (RecordComponent component : before.getClass().getRecordComponents()) {
            if (!leftOut.contains(component.getName())
                    && !Objects.equals(value(component, before), value(component, fresh))) {
                keys.add(section + '.' + hyphened(component.getName()));
            }
        }
    }

    /** Notes what is measured, and how. */
    void samples(SampleParams before, SampleParams fresh) {
        section("samples", before, fresh, Set.of("probes"));
        Map<String, ProbeParams> old = byKind(before.probes());
        Map<String, ProbeParams> now = byKind(fresh.probes());
        key("samples.take", old.keySet(), now.keySet());
        old.forEach((kind, probe) -> {
            ProbeParams other = now.getOrDefault(kind, probe);
            section("samples." + kind, (Record) probe, (Record) other, Set.of());
        });
    }

    /** Notes what differs of sources that are no files. */
    void inputs(List<Source> before, List<Source> fresh) {
        Map<String, Source> old = new HashMap<>();
        before.forEach(source -> old.put(source.path(), source));
        for (Source source : fresh) {
            Source known = old.remove(source.path());
            if (known == null) {
                keys.add("sources: " + source.path());
            } else if (!known.equals(source)) {
                input(known, source);
            }
        }
        old.keySet().stream().sorted().forEach(path -> keys.add("sources: " + path));
    }

    private void input(Source before, Source fresh) {
        int known = keys.size();
        if (before.feed() instanceof Feed.Journal journal && fresh.feed() instanceof Feed.Journal other) {
            section("journal", journal.params(), other.params(), OF_THE_SOURCE);
        } else if (before.feed() instanceof Feed.Syslog syslog && fresh.feed() instanceof Feed.Syslog other) {
            section("receive", syslog.params(), other.params(), OF_THE_SOURCE);
        }
        boolean same = before.host().equals(fresh.host())
                && before.zone().equals(fresh.zone())
                && before.tenant().equals(fresh.tenant());
        if (keys.size() == known || !same) {
            keys.add("sources: " + fresh.path());
        }
    }

    private static Map<String, ProbeParams> byKind(List<ProbeParams> probes) {
        Map<String, ProbeParams> byKind = new HashMap<>();
        for (ProbeParams probe : probes) {
            String kind = probe.getClass().getSimpleName().toLowerCase(Locale.ROOT);
            byKind.put(probe instanceof ProbeParams.Resolving ? "resolver" : kind, probe);
        }
        return byKind;
    }

    private static Object value(RecordComponent component, Record of) {
        try {
            return component.getAccessor().invoke(of);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("a parameter that cannot be asked for: " + component, e);
        }
    }

    private static String hyphened(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
