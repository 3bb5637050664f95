package postwarden.producer.publish;

import java.util.Map;
import java.util.stream.Collectors;
import postwarden.schema.MailSample;
import postwarden.schema.SampleGroup;
import postwarden.schema.SampleKind;
import postwarden.schema.SampleState;

/** Samples as they cross the wire. */
final class MailSamples {
    private MailSamples() {}

    static MailSample of(Sample sample, SampleTarget target) {
        return new MailSample(
                kind(sample.kind()),
                target.tenant(),
                target.reporter(),
                target.host(),
                sample.about(),
                state(sample.state()),
                sample.note().isEmpty() ? null : sample.note(),
                sample.timeMicros(),
                sample.intervalMicros(),
                sample.tookMicros(),
                sample.values(),
                groups(sample.groups()));
    }

    private static Map<String, SampleGroup> groups(Map<String, Sample.Group> groups) {
        return groups.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> group(entry.getValue())));
    }

    private static SampleGroup group(Sample.Group group) {
        return new SampleGroup(group.rows(), group.leftOut(), group.rest(), group.lowerBounds());
    }

    private static SampleKind kind(Sample.Kind kind) {
        return switch (kind) {
            case QUEUE -> SampleKind.QUEUE;
            case SESSIONS -> SampleKind.SESSIONS;
            case LISTEN -> SampleKind.LISTEN;
            case LOAD -> SampleKind.LOAD;
            case MEMORY -> SampleKind.MEMORY;
            case PRESSURE -> SampleKind.PRESSURE;
            case DISK -> SampleKind.DISK;
            case RESOLVER -> SampleKind.RESOLVER;
        };
    }

    private static SampleState state(Sample.State state) {
        return switch (state) {
            case WHOLE -> SampleState.WHOLE;
            case PARTIAL -> SampleState.PARTIAL;
            case UNABLE -> SampleState.UNABLE;
        };
    }
}
