package postwarden.producer.sample;

import java.nio.file.Path;
import java.util.List;
import postwarden.producer.publish.SampleTarget;

/**
 * What is measured beside reading logs, and where it goes.
 *
 * @param topic where samples go; {@code mail.samples} unless topics are split by trust domain
 * @param tenant whose host it is
 * @param host the host's name in samples, as its lines have it, or nothing brings the two together
 * @param top rows shown of each breakdown, 1 to 100; default 20. 100 rows of the largest kind fit a record of 64 KiB
 * @param proc where procfs is mounted
 * @param probes what is measured; none by default
 */
public record SampleParams(String topic, String tenant, String host, int top, Path proc, List<ProbeParams> probes) {
    private static final int MOST_TOP = 100;
    private static final int DEFAULT_TOP = 20;

    public SampleParams {
        probes = List.copyOf(probes);
        Bounds.require(top >= 1 && top <= MOST_TOP, "top is " + top + ", not 1 to 100");
        Bounds.require(!topic.isBlank() && !tenant.isBlank(), "topic or tenant is blank");
    }

    /** Nothing is measured. */
    public static SampleParams none(String host) {
        return new SampleParams(SampleTarget.TOPIC, "default", host, DEFAULT_TOP, Path.of("/proc"), List.of());
    }
}
