package postwarden.producer.follow;

import java.time.ZoneId;

/**
 * Files to follow, or standard input.
 *
 * @param path a path, a path with {@code *} and {@code ?} in any of its parts, or {@link #STANDARD_INPUT}
 * @param start where files are begun that no checkpoint knows when the agent starts; files that appear later are read from the beginning
 * @param tenant whose hosts these are
 * @param host which host a line is said to come from
 * @param zone the zone of stamps without an offset
 */
public record Source(String path, Start start, String tenant, HostRule host, ZoneId zone) {
    /** Stands for standard input. */
    public static final String STANDARD_INPUT = "-";

    /** The tenant if nobody says otherwise. */
    public static final String DEFAULT_TENANT = "default";

    public Source {
        if (path.isBlank() || tenant.isBlank()) {
            throw new IllegalArgumentException("a source without a path or a tenant");
        }
    }

    /** Whether it is standard input. */
    public boolean isStandardInput() {
        return path.equals(STANDARD_INPUT);
    }

    /** Whether it is files. */
    public boolean isFiles() {
        return !isStandardInput();
    }

    /** Where an unknown file is begun. */
    public enum Start {
        /** At its first byte. */
        BEGINNING,
        /** Behind its last line. */
        END
    }
}
