package postwarden.producer.follow;

import java.time.ZoneId;

/**
 * Files to follow, or another input.
 *
 * @param path a path, a path with {@code *} and {@code ?} in any of its parts, or {@link #STANDARD_INPUT}
 * @param start where files are begun that no checkpoint knows when the agent starts; files that appear later are read from the beginning
 * @param tenant whose hosts these are
 * @param host which host a line is said to come from
 * @param zone the zone of stamps without an offset
 * @param feed by which way its lines come; where that is no file, the path only names it
 */
public record Source(String path, Start start, String tenant, HostRule host, ZoneId zone, Feed feed) {
    /** Stands for standard input. */
    public static final String STANDARD_INPUT = "-";

    /** The tenant if nobody says otherwise. */
    public static final String DEFAULT_TENANT = "default";

    public Source {
        if (path.isBlank() || tenant.isBlank()) {
            throw new IllegalArgumentException("a source without a path or a tenant");
        }
    }

    /** Files, or standard input where the path says so. */
    public Source(String path, Start start, String tenant, HostRule host, ZoneId zone) {
        this(path, start, tenant, host, zone, path.equals(STANDARD_INPUT) ? new Feed.Piped() : new Feed.Files());
    }

    /** Whether it is standard input. */
    public boolean isStandardInput() {
        return path.equals(STANDARD_INPUT);
    }

    /** Whether it is files. */
    public boolean isFiles() {
        return feed instanceof Feed.Files;
    }

    /** Where an unknown file is begun. */
    public enum Start {
        /** At its first byte. */
        BEGINNING,
        /** Behind its last line. */
        END
    }
}
