package postwarden.benchmarks;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import postwarden.benchmarks.Conversation.Said;
import postwarden.event.LogRecord;
import postwarden.event.Source;

/** One host of a made-up fleet: its file, and the sessions that run side by side on it. */
final class FleetHost {
    private static final int SESSIONS = 8;
    private static final int FIRST_PID = 2000;
    private static final int EVERY_EXIM = 5;
    private static final String FILE = "/var/log/mail.log";
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.").withZone(ZoneOffset.UTC);

    private final String name;
    private final SplittableRandom random;
    private final IntFunction<Conversation> ordinary;
    private final IntFunction<Conversation> guess;
    private final Conversation[] sessions = new Conversation[SESSIONS];
    private Conversation attack = new Conversation();
    private long offset;
    private long second = Long.MIN_VALUE;
    private String stamp = "";

    FleetHost(int number, Cast cast, SplittableRandom random) {
        this.random = random;
        boolean exim = number % EVERY_EXIM == EVERY_EXIM - 1;
        name = (exim ? "cp" : "mx") + number;
        if (exim) {
            EximTalk talk = new EximTalk(cast, random.split());
            ordinary = talk::ordinary;
            guess = talk::guess;
        } else {
            PostfixTalk talk = new PostfixTalk(cast, random.split(), name);
            ordinary = talk::ordinary;
            guess = talk::guess;
        }
    }

    String name() {
        return name;
    }

    /** The next line of an ordinary session. */
    LogRecord.Line next(Instant time) {
        int slot = random.nextInt(SESSIONS);
        Conversation session = sessions[slot];
        if (session == null || session.isOver()) {
            session = ordinary.apply(FIRST_PID + 2 * slot);
            sessions[slot] = session;
        }
        return line(time, session.next());
    }

    /** The next line of the attack on this host. */
    LogRecord.Line attacked(Instant time) {
        if (attack.isOver()) {
            attack = guess.apply(FIRST_PID + 2 * SESSIONS);
        }
        return line(time, attack.next());
    }

    private LogRecord.Line line(Instant time, Said said) {
        long micros = time.getNano() / 1000;
        Instant stamped = Instant.ofEpochSecond(time.getEpochSecond(), micros * 1000);
        String header = stamp(time.getEpochSecond()) + digits(micros) + "+00:00 " + name + " " + said.program()
                + (said.pid() < 0 ? "" : "[" + said.pid() + "]") + ": ";
        String message = said.message();
        long from = offset;
        offset += header.length() + message.getBytes(StandardCharsets.UTF_8).length + 1L;
        Source source = new Source(FILE, name + "-1", from, offset, -1, -1);
        return new LogRecord.Line("default", name, said.program(), said.pid(), stamped, header, message, source);
    }

    private String stamp(long epochSecond) {
        if (second != epochSecond) {
            second = epochSecond;
            stamp = SECOND.format(Instant.ofEpochSecond(epochSecond));
        }
        return stamp;
    }

    private static String digits(long micros) {
        String digits = Long.toString(1_000_000 + micros);
        return digits.substring(1);
    }
}
