package postwarden.producer.publish;

import postwarden.producer.syslog.Header;
import postwarden.producer.syslog.TimeQuality;
import postwarden.schema.MailLine;
import postwarden.schema.MailLineKind;

/** Records as they cross the wire: the one place where the agent knows Avro's classes. */
final class MailLines {
    private MailLines() {}

    static MailLine of(Outgoing record) {
        Header header = record.header();
        boolean timed = header.quality() != TimeQuality.NONE;
        return new MailLine(
                kind(record.kind()),
                record.tenant(),
                record.reporter(),
                record.host(),
                header.program(),
                header.pidOrMinusOne() == Header.NO_PID ? null : header.pidOrMinusOne(),
                timed ? header.timeMicros() : null,
                quality(header.quality()),
                record.readTimeMicros(),
                record.text(),
                header.messageStart(),
                header.parsed() ? null : header.reason(),
                record.file(),
                record.fileId(),
                record.startOffset(),
                record.endOffset(),
                record.fragment(),
                record.last(),
                record.roster(),
                record.note().isEmpty() ? null : record.note(),
                record.contiguous(),
                record.fresh());
    }

    static MailLineKind kind(Outgoing.Kind kind) {
        return switch (kind) {
            case LINE -> MailLineKind.LINE;
            case HELLO -> MailLineKind.HELLO;
            case HEARTBEAT -> MailLineKind.HEARTBEAT;
            case LOSS -> MailLineKind.LOSS;
            case END -> MailLineKind.END;
        };
    }

    static postwarden.schema.TimeQuality quality(TimeQuality quality) {
        return switch (quality) {
            case ZONED -> postwarden.schema.TimeQuality.ZONED;
            case HOST_ZONE -> postwarden.schema.TimeQuality.HOST_ZONE;
            case HOST_ZONE_AND_YEAR -> postwarden.schema.TimeQuality.HOST_ZONE_AND_YEAR;
            case AMBIGUOUS -> postwarden.schema.TimeQuality.AMBIGUOUS;
            case NONE -> postwarden.schema.TimeQuality.NONE;
        };
    }
}
