package postwarden.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import postwarden.policy.Allowance;
import postwarden.policy.NamePattern;

/**
 * Reads operators' decisions from a file (HOCON), for {@code scan}, which has no policy topic:
 *
 * <pre>
 * policies = [
 *   { id = probe, entity = "192.0.2.0/24", owner = "noc@example.com", reason = "our monitoring", until = "2027-01-01T00:00:00Z" }
 * ]
 * </pre>
 */
public final class PolicyFile {
    private static final Set<String> KEYS =
            Set.of("id", "tenant", "detector", "entity", "host", "owner", "reason", "from", "until");

    private PolicyFile() {}

    /** @throws ConfigRefused with everything that is wrong */
    public static List<Allowance> load(Path file) throws ConfigRefused {
        Config config = ConfigFile.parse(file);
        RecordReader reader = new RecordReader();
        reader.onlyKnown(config, "", Set.of("policies"));
        List<Allowance> read = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        try {
            int number = 0;
            for (Config each : config.getConfigList("policies")) {
                String path = "policies[" + number++ + "]";
                reader.onlyKnown(each, path, KEYS);
                one(each, path, reader, read, ids);
            }
        } catch (ConfigException none) {
            reader.error(ConfigFile.words(none));
        }
        if (!reader.errors().isEmpty()) {
            throw new ConfigRefused(file.toString(), reader.errors());
        }
        return read;
    }

    private static void one(Config config, String path, RecordReader reader, List<Allowance> read, Set<String> ids) {
        try {
            Allowance allowance = allowance(config);
            if (ids.add(allowance.tenant() + "/" + allowance.id())) {
                read.add(allowance);
            } else {
                reader.error(path + ": the id '" + allowance.id() + "' is another's too");
            }
        } catch (ConfigException wrong) {
            reader.error(path + ": " + ConfigFile.words(wrong));
        } catch (IllegalArgumentException wrong) {
            reader.error(path + ": " + wrong.getMessage());
        }
    }

    private static Allowance allowance(Config config) {
        Instant until = instant(config, "until");
        return new Allowance(
                config.getString("id"),
                or(config, "tenant", "default"),
                new NamePattern(or(config, "detector", "*")),
                new NamePattern(or(config, "entity", "*")),
                new NamePattern(or(config, "host", "*")),
                config.getString("owner"),
                config.getString("reason"),
                config.hasPath("from") ? instant(config, "from") : until.minus(Allowance.LONGEST),
                until);
    }

    private static Instant instant(Config config, String key) {
        String text = config.getString(key);
        try {
            return Instant.parse(text);
        } catch (DateTimeException unreadable) {
            throw new IllegalArgumentException(
                    key + " must be an instant such as 2027-01-01T00:00:00Z, not '" + text + "'", unreadable);
        }
    }

    private static String or(Config config, String key, String otherwise) {
        return config.hasPath(key) ? config.getString(key) : otherwise;
    }
}
