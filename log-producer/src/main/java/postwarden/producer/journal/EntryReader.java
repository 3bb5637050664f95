package postwarden.producer.journal;

import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what {@code journalctl -o json} prints into lines. Belongs to one thread.
 *
 * <p>The header of a line is made of what journald itself found out (fields that begin with an underscore: nobody else can set them),
 * but for the program: daemons say it themselves ({@code SYSLOG_IDENTIFIER}), because one process name stands behind many
 * ({@code smtpd} for {@code postfix/smtpd} and {@code postfix/submission/smtpd}). So it is only believed of processes that are not an
 * ordinary user's; what such a user's process logs is a line that is kept and not understood.
 */
final class EntryReader {
    private static final Logger LOG = LoggerFactory.getLogger(EntryReader.class);
    /** What is asked for. Whatever else a writer adds to an entry is not even printed. */
    static final String FIELDS = "MESSAGE,SYSLOG_IDENTIFIER,SYSLOG_PID,_PID,_COMM,_HOSTNAME,_UID,_TRANSPORT,MESSAGE_ID,"
            + "_SOURCE_REALTIME_TIMESTAMP";

    /** journald's own word that it dropped lines of a unit that wrote too many (sd-messages.h, SD_MESSAGE_JOURNAL_DROPPED). */
    static final String DROPPED = "a596d6fe7bfa4994828e72309e95d61e";

    /** journald's own words come by this transport, which no client can choose. */
    static final String DRIVER = "driver";

    /** Behind the ids of ordinary users (login.defs, UID_MAX) come those that systemd gives to services (DynamicUser). */
    private static final long LAST_ORDINARY_USER = 60_000;

    private final JournalParams params;
    private final Fields fields;
    private final LineWriter writer;
    private final JournalMetrics metrics;
    private boolean saidUnbelieved;

    /** A reader that gives lines without a host a name. */
    EntryReader(JournalParams params, String ownHost, JournalMetrics metrics) {
        this.params = params;
        this.metrics = metrics;
        this.fields = new Fields(params.longestEntry());
        this.writer = new LineWriter(ownHost);
    }

    /** Reads one object; total: what cannot be read is {@link Item.Damaged}. */
    Item read(byte[] json, int length) {
        try {
            fields.read(json, length);
        } catch (IOException e) {
            return new Item.Damaged("an entry that is no JSON object", Optional.empty());
        }
        Cursor cursor = Cursor.of(fields.text("__CURSOR"));
        if (cursor == null) {
            return new Item.Damaged("an entry without a cursor", Optional.empty());
        }
        if (fields.isTooLarge("MESSAGE")) {
            return new Item.Damaged("an entry whose text is too large for journalctl", Optional.of(cursor));
        }
        if (!fields.has("MESSAGE") || isAboutOthers()) {
            return new Item.Passed(cursor);
        }
        return new Item.Line(new Entry(cursor, line(cursor)));
    }

    /** The host that wrote the entry read last; empty when that is unknown. */
    String host() {
        return LineWriter.hostOr(fields.text("_HOSTNAME"), "");
    }

    private byte[] line(Cursor cursor) {
        long user = fields.number("_UID");
        String identifier = fields.text("SYSLOG_IDENTIFIER");
        String program = identifier.isEmpty() ? fields.text("_COMM") : identifier;
        byte[] message = fields.bytes("MESSAGE");
        if (isOrdinary(user)) {
            sayUnbelieved(user);
            return writer.unbelieved(user, program, message);
        }
        long pid = fields.number(fields.has("_PID") ? "_PID" : "SYSLOG_PID");
        return writer.line(micros(cursor), fields.text("_HOSTNAME"), program, pid, message);
    }

    private void sayUnbelieved(long user) {
        metrics.unbelieved().increment();
        if (!saidUnbelieved) {
            saidUnbelieved = true;
            LOG.warn(
                    "{}: lines that ordinary users' processes log are kept as not understood, first of user {}; where that"
                            + " is a daemon's, name it in users",
                    params.path(),
                    user);
        }
    }

    private boolean isOrdinary(long user) {
        return user >= params.ordinaryUsers()
                && user <= LAST_ORDINARY_USER
                && !params.users().contains(user);
    }

    /** When the kernel took the line from its writer, else when journald did. */
    private long micros(Cursor cursor) {
        long source = fields.number("_SOURCE_REALTIME_TIMESTAMP");
        return source > 0 && source <= cursor.micros() ? source : cursor.micros();
    }

    /** A word of journald that it dropped lines, of a unit that is not read here. */
    private boolean isAboutOthers() {
        String message = fields.text("MESSAGE");
        return !params.units().isEmpty()
                && fields.text("_TRANSPORT").equals(DRIVER)
                && fields.text("MESSAGE_ID").equals(DROPPED)
                && params.units().stream().noneMatch(message::endsWith);
    }
}
