package postwarden.producer.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import postwarden.producer.sample.ProbeParams;
import postwarden.producer.sample.SampleParams;

/** The section {@code samples} of a configuration. */
final class SampleList {
    private static final String KEY = "samples";

    private SampleList() {}

    static SampleParams read(Config samples, String reporter, Problems problems) {
        List<ProbeParams> probes = new ArrayList<>();
        List<String> taken = problems.read(KEY + ".take", () -> samples.getStringList("take"), List.of());
        for (String name : new LinkedHashSet<>(taken)) {
            try {
                probes.add(probe(name, samples));
            } catch (ConfigException | IllegalArgumentException e) {
                problems.add(KEY, String.valueOf(e.getMessage()));
            }
        }
        return problems.read(KEY, () -> params(samples, reporter, probes), SampleParams.none(reporter));
    }

    private static SampleParams params(Config samples, String reporter, List<ProbeParams> probes) {
        String host = samples.getString("host");
        return new SampleParams(
                samples.getString("topic"),
                samples.getString("tenant"),
                host.isBlank() ? reporter : host,
                samples.getInt("top"),
                Path.of(samples.getString("proc")),
                probes);
    }

    private static ProbeParams probe(String name, Config samples) {
        return switch (name) {
            case "load" -> new ProbeParams.Load(samples.getDuration("load.period"));
            case "memory" -> new ProbeParams.Memory(samples.getDuration("memory.period"));
            case "pressure" -> new ProbeParams.Pressure(samples.getDuration("pressure.period"));
            case "listen" -> new ProbeParams.Listen(samples.getDuration("listen.period"));
            case "disk" ->
                new ProbeParams.Disk(samples.getDuration("disk.period"), Path.of(samples.getString("disk.path")));
            case "sessions" -> sessions(samples.getConfig("sessions"));
            case "resolver" -> resolver(samples.getConfig("resolver"));
            case "postfix" -> postfix(samples.getConfig("postfix"));
            case "exim" -> exim(samples.getConfig("exim"));
            default ->
                throw new IllegalArgumentException("take has " + name
                        + ", which is none of load, memory, pressure, listen, disk, sessions, resolver, postfix, exim");
        };
    }

    private static ProbeParams sessions(Config sessions) {
        return new ProbeParams.Sessions(
                sessions.getDuration("period"),
                sessions.getDuration("limit"),
                new HashSet<>(sessions.getIntList("ports")));
    }

    private static ProbeParams resolver(Config resolver) {
        return new ProbeParams.Resolving(
                resolver.getDuration("period"),
                resolver.getDuration("limit"),
                resolver.getStringList("names"),
                resolver.getStringList("servers"),
                Path.of(resolver.getString("resolv-conf")));
    }

    private static ProbeParams postfix(Config postfix) {
        return new ProbeParams.Postfix(
                postfix.getDuration("period"),
                postfix.getDuration("limit"),
                Path.of(postfix.getString("program")),
                postfix.getStringList("instances").stream().map(Path::of).toList());
    }

    private static ProbeParams exim(Config exim) {
        return new ProbeParams.Exim(
                exim.getDuration("period"), exim.getDuration("limit"), Path.of(exim.getString("program")));
    }
}
