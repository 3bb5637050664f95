package postwarden.drift;

import java.time.Instant;

/**
 * How often a template was met.
 *
 * @param template what the lines have in common
 * @param count lines, >= 1; one that says it was repeated counts as often
 * @param first time of the earliest
 * @param last time of the latest
 * @param version what the daemon that wrote the latest called itself when it started; empty when it did not say
 * @param sample the earliest, without secrets, addresses and users
 */
public record TemplateCount(Template template, long count, Instant first, Instant last, String version, String sample) {

    /** Both together; it does not matter which comes first. */
    public TemplateCount and(TemplateCount other) {
        boolean earlier =
                other.first.isBefore(first) || (other.first.equals(first) && other.sample.compareTo(sample) < 0);
        boolean later = other.last.isAfter(last) || (other.last.equals(last) && other.version.compareTo(version) > 0);
        return new TemplateCount(
                template,
                count + other.count,
                earlier ? other.first : first,
                later ? other.last : last,
                later ? other.version : version,
                earlier ? other.sample : sample);
    }
}
