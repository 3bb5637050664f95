package postwarden.simulate;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import postwarden.event.LogRecord;
import postwarden.event.Source;

/** One of our hosts: its daemons' logs, its people, and the file that all of it stands in. */
final class Station {
    private static final String FILE = "/var/log/mail.log";
    private static final int FIRST_PID = 2000;
    /** Process ids wrap around; nobody's session lasts for so many others. */
    private static final int PIDS = 60_000;

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.").withZone(ZoneOffset.UTC);

    final String name;
    final Flavour flavour;
    /** The domain of its mailboxes. */
    final String domain;
    /** Its address, which others see. */
    final String ip;

    final MailLog mail;
    final DovecotLog dovecot;
    final FtpLog ftp;
    final Outbox outbox;
    final List<Person> people = new ArrayList<>();
    private final Agenda agenda;
    private int pids;
    private long offset;
    private long second = Long.MIN_VALUE;
    private String stamp = "";
    private long silentFrom = Long.MAX_VALUE;
    private long silentTo = Long.MIN_VALUE;

    /** What runs on it. */
    enum Flavour {
        /** Postfix with Dovecot. */
        POSTFIX,
        /** Exim with Dovecot and Pure-FTPd, as a cPanel server has it. */
        EXIM
    }

    Station(String name, Flavour flavour, String domain, String ip, Agenda agenda, Chance chance) {
        this.name = name;
        this.flavour = flavour;
        this.domain = domain;
        this.ip = ip;
        this.agenda = agenda;
        mail = flavour == Flavour.POSTFIX ? new PostfixLog(this, chance.split()) : new EximLog(this, chance.split());
        dovecot = new DovecotLog(this, chance.split());
        ftp = new FtpLog(this, chance.split());
        outbox = new Outbox(this, agenda, chance.split());
    }

    /** Enters a line that the daemon writes at this time. */
    void write(long at, String program, int pid, String message) {
        if (at >= silentFrom && at < silentTo) {
            return;
        }
        agenda.at(at, new Agenda.Written(this, program, pid, message));
    }

    /** Nothing happens here in this time. */
    void silence(long from, long to) {
        silentFrom = from;
        silentTo = to;
    }

    int pid() {
        pids = (pids + 1) % PIDS;
        return FIRST_PID + pids;
    }

    /** The line as it stands in the file, at its end. */
    LogRecord.Line line(long micros, Agenda.Written written) {
        long seconds = Math.floorDiv(micros, Agenda.SECOND);
        int part = Math.floorMod(micros, (int) Agenda.SECOND);
        String header = stamp(seconds) + digits(part) + "+00:00 " + name + " " + written.program()
                + (written.pid() < 0 ? "" : "[" + written.pid() + "]") + ": ";
        String message = written.message();
        long from = offset;
        offset += header.length() + bytes(message) + 1;
        return new LogRecord.Line(
                "default",
                name,
                written.program(),
                written.pid(),
                Instant.ofEpochSecond(seconds, part * 1000L),
                header,
                message,
                new Source(FILE, name + "-1", from, offset, -1, -1));
    }

    private String stamp(long seconds) {
        if (second != seconds) {
            second = seconds;
            stamp = SECOND.format(Instant.ofEpochSecond(seconds));
        }
        return stamp;
    }

    private static String digits(int micros) {
        return Integer.toString((int) Agenda.SECOND + micros).substring(1);
    }

    private static long bytes(String message) {
        for (int at = 0; at < message.length(); at++) {
            if (message.charAt(at) >= 128) {
                return message.getBytes(StandardCharsets.UTF_8).length;
            }
        }
        return message.length();
    }
}
