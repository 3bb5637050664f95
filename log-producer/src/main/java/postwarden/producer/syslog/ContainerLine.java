package postwarden.producer.syslog;

import static postwarden.producer.syslog.Ascii.is;
import static postwarden.producer.syslog.Ascii.starts;

/**
 * A line that a container wrote to its output, in the record that its engine made of it (Kubernetes CRI, Docker json-file): read again
 * as the line of a log. The engine's stamp counts unless the line's own states its offset.
 */
final class ContainerLine {
    private static final int STREAM = "stdout".length();

    private final Heads heads;
    private final TagReader tag;
    private final Reading reading;
    private final boolean[] unfinished = new boolean[2];
    private boolean inside;

    /** Reads a line of a log. */
    @FunctionalInterface
    interface Reading {
        Header read(byte[] line, int from, int at, int to);
    }

    ContainerLine(Heads heads, TagReader tag, Reading reading) {
        this.heads = heads;
        this.tag = tag;
        this.reading = reading;
    }

    /** Whether no line waits for its next part. */
    boolean isBlank() {
        return !unfinished[0] && !unfinished[1];
    }

    /** Index behind {@code stdout } or {@code stderr } where a tag {@code F} or {@code P} follows, or {@link Ascii#NO}. */
    int behindStream(byte[] line, int at, int to) {
        boolean stream = (starts(line, at, to, "stdout ") || starts(line, at, to, "stderr "))
                && (is(line, at + STREAM + 1, to, 'F') || is(line, at + STREAM + 1, to, 'P'));
        int end = at + STREAM + 2;
        return stream && (end == to || is(line, end, to, ' ') || is(line, end, to, ':')) ? at + STREAM + 1 : Ascii.NO;
    }

    /** A CRI record behind its stamp and stream: {@code F} ends a line, {@code P} is a part of one that goes on. */
    Header cri(byte[] line, int from, int at, int to) {
        int stream = line[at - 2] == 't' ? 0 : 1;
        boolean continued = unfinished[stream];
        unfinished[stream] = line[at] == 'P';
        if (continued) {
            return heads.unparsed("a later part of a line that the container's engine has split");
        }
        return inner(line, from, Math.min(Ascii.tokenEnd(line, at, to) + 1, to), to);
    }

    /** The line inside of a record whose stamp was read last. */
    Header inner(byte[] line, int from, int at, int to) {
        Header outer = heads.of(heads.ownHost(), "", Header.NO_PID, at - from);
        if (at == to) {
            return outer;
        }
        int behindTag = tag.read(line, at, to);
        boolean dovecot = OwnLogs.isDovecot(line, at, to);
        if (behindTag > 0 || dovecot) {
            return dovecot
                    ? heads.of(heads.ownHost(), "dovecot", Header.NO_PID, at - from)
                    : heads.tagged(line, from, heads.ownHost(), at, behindTag, to);
        }
        // A record within a record is nobody's but a stranger's, who could nest them as deep as a line is long.
        if (inside) {
            return outer;
        }
        inside = true;
        Header header = reading.read(line, from, at, to);
        inside = false;
        if (!header.parsed()) {
            return outer;
        }
        boolean own = header.quality() == TimeQuality.ZONED;
        return new Header(
                header.host(),
                header.program(),
                header.pidOrMinusOne(),
                own ? header.timeMicros() : outer.timeMicros(),
                own ? header.quality() : outer.quality(),
                header.messageStart(),
                "");
    }
}
