package postwarden.ask;

import java.time.Instant;

/**
 * Lines of one kind that no rule knew.
 *
 * @param id sixteen hexadecimal digits, the same everywhere
 * @param sample without secrets, addresses and users
 */
public record DriftRow(
        String id,
        String daemon,
        String program,
        String template,
        long count,
        Instant first,
        Instant last,
        String version,
        String sample) {}
