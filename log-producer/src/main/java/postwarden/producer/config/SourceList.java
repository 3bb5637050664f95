package postwarden.producer.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import postwarden.producer.follow.Feed;
import postwarden.producer.follow.HostRule;
import postwarden.producer.follow.Source;

/** The list {@code sources} of a configuration. */
final class SourceList {
    private static final Set<String> KEYS = Set.of("path", "journal", "syslog", "start", "tenant", "host", "zone");
    private static final Config DEFAULTS = ConfigFactory.parseMap(
            Map.of("start", "beginning", "tenant", Source.DEFAULT_TENANT, "host", "header", "zone", ""));

    private SourceList() {}

    static List<Source> read(Config config, String reporter, Problems problems) {
        InputList inputs = new InputList(config);
        List<Source> sources = new ArrayList<>();
        List<? extends Config> entries = problems.read("sources", () -> config.getConfigList("sources"), List.of());
        int number = 0;
        for (Config entry : entries) {
            String key = "sources[" + number++ + "]";
            unknown(entry).forEach(name -> problems.add(key + "." + name, "no such setting"));
            Source source =
                    problems.read(key, () -> source(entry.withFallback(DEFAULTS), reporter, inputs), Fallback.SOURCE);
            sources.add(source);
        }
        if (sources.isEmpty()) {
            problems.add("sources", "no source is given: what is to be read?");
        }
        if (sources.stream().filter(Source::isStandardInput).count() > 1) {
            problems.add("sources", "standard input (-) is given more than once");
        }
        InputList.same(sources).forEach(name -> problems.add("sources", name + " is given more than once"));
        return sources;
    }

    private static Source source(Config entry, String reporter, InputList inputs) {
        String zone = entry.getString("zone");
        Feed feed = inputs.feed(entry);
        return new Source(
                InputList.path(feed, entry),
                start(entry.getString("start")),
                entry.getString("tenant"),
                host(entry.getString("host"), reporter),
                zone.isBlank() ? ZoneId.systemDefault() : ZoneId.of(zone),
                feed);
    }

    private static Source.Start start(String word) {
        return switch (word) {
            case "beginning" -> Source.Start.BEGINNING;
            case "end" -> Source.Start.END;
            default -> throw new IllegalArgumentException("start = " + word + " is neither beginning nor end");
        };
    }

    /** Any other word is a name; hosts called self or header do not exist. */
    private static HostRule host(String word, String reporter) {
        return switch (word) {
            case "self" -> new HostRule.Self(reporter);
            case "header" -> new HostRule.FromHeader();
            default -> new HostRule.Named(word);
        };
    }

    private static Set<String> unknown(Config entry) {
        Set<String> names = new TreeSet<>(entry.root().keySet());
        names.removeAll(KEYS);
        return names;
    }

    /** Stands in for a source that could not be read; the problem that was noted keeps it from being used. */
    private static final class Fallback {
        static final Source SOURCE = new Source(
                "/", Source.Start.BEGINNING, Source.DEFAULT_TENANT, new HostRule.FromHeader(), ZoneId.of("UTC"));
    }
}
