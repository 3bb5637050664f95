package postwarden.producer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import postwarden.producer.follow.Source;
import postwarden.producer.publish.PublishParams;

/**
 * The difference between the configuration in force and another one.
 *
 * @param before the one in force
 * @param fresh the other one
 * @param sources what is to be read: as the other one says, but what is no file as at the start: standard input cannot be read twice, and a journal
 *     and a port are taken once
 */
record Changes(AgentConfig before, AgentConfig fresh, List<Source> sources) {
    Changes {
        sources = List.copyOf(sources);
    }

    static Changes between(AgentConfig before, AgentConfig fresh) {
        List<Source> sources =
                new ArrayList<>(fresh.sources().stream().filter(Source::isFiles).toList());
        sources.addAll(input(before));
        return new Changes(before, fresh, sources.isEmpty() ? before.sources() : sources);
    }

    /** What holds from now on. */
    AgentConfig inForce() {
        PublishParams publish = before.publish().with(fresh.publish().kafka());
        return new AgentConfig(
                before.reporter(),
                sources,
                before.follow(),
                publish,
                before.checkpoint(),
                before.redaction(),
                before.samples(),
                before.operation());
    }

    Reload reload(boolean reconnected) {
        Map<String, Source> old = byPath(before.sources());
        Map<String, Source> now = byPath(sources);
        return new Reload(
                now.keySet().stream()
                        .filter(path -> !old.containsKey(path))
                        .sorted()
                        .toList(),
                old.keySet().stream()
                        .filter(path -> !now.containsKey(path))
                        .sorted()
                        .toList(),
                now.values().stream()
                        .filter(source -> old.containsKey(source.path()) && !old.containsValue(source))
                        .map(Source::path)
                        .sorted()
                        .toList(),
                reconnected,
                later());
    }

    private List<String> later() {
        Differences later = new Differences();
        later.key("reporter", before.reporter(), fresh.reporter());
        later.inputs(input(before), input(fresh));
        later.section("follow", before.follow(), fresh.follow(), Set.of());
        later.section("publish", before.publish(), fresh.publish(), Set.of("kafka"));
        later.section("checkpoint", before.checkpoint(), fresh.checkpoint(), Set.of());
        later.key("redaction.key-file", before.redaction(), fresh.redaction());
        later.samples(before.samples(), fresh.samples());
        later.key("dev", before.operation().dev(), fresh.operation().dev());
        later.section("metrics", before.operation().metrics(), fresh.operation().metrics(), Set.of());
        return later.keys();
    }

    private static List<Source> input(AgentConfig config) {
        return config.sources().stream().filter(source -> !source.isFiles()).toList();
    }

    private static Map<String, Source> byPath(List<Source> sources) {
        Map<String, Source> byPath = new HashMap<>();
        sources.forEach(source -> byPath.put(source.path(), source));
        return byPath;
    }
}
