package postwarden.drift;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import postwarden.correlate.Memory;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.LogRecord;

/**
 * The templates of the lines that no rule knew, by tenant, at most {@value #MOST} of each: when there are more, the rarest tenth is let
 * go and counted as such. Late and disordered lines count like others; duplicates must not come here. Belongs to one thread.
 */
public final class Drift {
    /** A daemon has some hundred messages; who sees a thousand kinds of unknown ones has no use for more. */
    public static final int MOST = 1000;

    private static final int LET_GO = MOST / 10;
    /** Hosts times daemons whose version is remembered. */
    private static final int MOST_VERSIONS = 4096;

    /** The most frequent first; where counts are equal, always in the same order. */
    private static final Comparator<TemplateCount> BY_COUNT = Comparator.comparingLong(TemplateCount::count)
            .reversed()
            .thenComparing(TemplateCount::last, Comparator.reverseOrder())
            .thenComparing(counted -> counted.template().id());

    private final Memory<String, TemplateCount> kept;
    private final Map<String, Map<Long, TemplateCount>> tenants = new HashMap<>();
    private final Map<String, String> versions = new LinkedHashMap<>();
    private Daemon latest = Daemon.UNKNOWN;
    private int templates;
    private long templatesLetGo;
    private long linesLetGo;

    /** Goes on with what is kept there. */
    public Drift(Memory<String, TemplateCount> kept) {
        this.kept = kept;
        kept.forEach((key, counted) -> {
            tenants.computeIfAbsent(key.substring(0, key.lastIndexOf('/')), tenant -> new HashMap<>())
                    .put(counted.template().id(), counted);
            templates++;
        });
    }

    /** Counts a line whose message no rule knew. */
    public void unrecognised(Event event) {
        LogRecord.Line line = event.line();
        latest = event.daemon();
        String version = versions.getOrDefault(daemon(event), "");
        String message = Sample.unrepeated(line.message());
        count(
                line.tenant(),
                new TemplateCount(
                        Template.of(event.daemon(), line.program(), message),
                        event.weight(),
                        event.time(),
                        event.time(),
                        version,
                        Sample.of(message)));
    }

    /** Counts a line whose header was not understood, at the time of its neighbours. */
    public void unparsed(LogRecord.Unparsed line, Instant time) {
        Template template = Template.ofUnparsed(line.reason());
        count(line.tenant(), new TemplateCount(template, 1, time, time, "", Sample.of(line.text())));
    }

    /** Remembers what a daemon calls itself, if this line says it. */
    public void version(Event event) {
        if (event.has(Field.VERSION)) {
            String daemon = daemon(event);
            versions.remove(daemon);
            versions.put(daemon, event.text(Field.VERSION, ""));
            if (versions.size() > MOST_VERSIONS) {
                versions.remove(versions.keySet().iterator().next());
            }
        }
    }

    /** The templates of all tenants together, the most frequent first. */
    public List<TemplateCount> mostFrequent() {
        Map<Long, TemplateCount> all = new HashMap<>();
        tenants.values().forEach(tenant -> tenant.forEach((id, counted) -> all.merge(id, counted, TemplateCount::and)));
        return all.values().stream().sorted(BY_COUNT).toList();
    }

    /** Whose line was counted last, of those that no rule knew. */
    public Daemon latest() {
        return latest;
    }

    /** Templates that are kept now. */
    public int templates() {
        return templates;
    }

    /** Templates that were let go because there were too many. */
    public long templatesLetGo() {
        return templatesLetGo;
    }

    /** Lines of those. */
    public long linesLetGo() {
        return linesLetGo;
    }

    /** Adds what was counted elsewhere or is new. */
    void count(String tenant, TemplateCount counted) {
        Map<Long, TemplateCount> known = tenants.computeIfAbsent(tenant, name -> new HashMap<>());
        TemplateCount before = known.get(counted.template().id());
        if (before == null) {
            if (known.size() >= MOST) {
                letGo(tenant, known);
            }
            templates++;
        }
        TemplateCount after = before == null ? counted : before.and(counted);
        known.put(counted.template().id(), after);
        kept.put(key(tenant, after), after);
    }

    private void letGo(String tenant, Map<Long, TemplateCount> known) {
        List<TemplateCount> all = new ArrayList<>(known.values());
        all.sort(BY_COUNT);
        for (TemplateCount rare : all.subList(all.size() - LET_GO, all.size())) {
            known.remove(rare.template().id());
            kept.remove(key(tenant, rare));
            templates--;
            templatesLetGo++;
            linesLetGo += rare.count();
        }
    }

    private static String key(String tenant, TemplateCount counted) {
        return tenant + "/" + counted.template().name();
    }

    private static String daemon(Event event) {
        return event.line().tenant() + "/" + event.host() + "/" + event.daemon().wireName();
    }
}
