package postwarden.stream.codec;

import java.util.ArrayList;
import java.util.List;
import postwarden.correlate.CopiedLine;
import postwarden.correlate.CopyTable;
import postwarden.correlate.QueueEntry;
import postwarden.correlate.Trace;
import postwarden.correlate.TriedLogin;
import postwarden.event.Reason;
import postwarden.tally.Packer;
import postwarden.tally.Unpacker;

/** The stored forms of what the correlator remembers; each begins with its version. */
public final class CorrelateCodecs {
    private static final int VERSION = 1;
    /** Bits of the two that could tell of an attempt in the first form of it. */
    private static final int DAEMON = 1;

    private static final int AUTH_SERVER = 2;

    public static final Codec<QueueEntry> QUEUE_ENTRY = new Codec<>(CorrelateCodecs::write, CorrelateCodecs::entry);
    public static final Codec<Trace> TRACE = new Codec<>(CorrelateCodecs::write, CorrelateCodecs::trace);

    private CorrelateCodecs() {}

    private static void write(QueueEntry entry, Packer out) {
        out.number(VERSION)
                .number(entry.time())
                .text(entry.clientIp())
                .text(entry.clientHostname())
                .text(entry.account())
                .text(entry.service())
                .flag(entry.senderKnown())
                .text(entry.sender())
                .text(entry.messageId())
                .flag(entry.accepted())
                .number(entry.recipients())
                .number(entry.attemptsBefore())
                .number(entry.deferrals().size());
        entry.deferrals().forEach(each -> out.number(each.recipient()).number(each.times()));
        out.number(entry.connection());
    }

    private static QueueEntry entry(byte[] bytes) {
        Unpacker in = new Unpacker(bytes);
        in.version("a queue entry", VERSION);
        return new QueueEntry(
                in.number(),
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                in.flag(),
                in.text(),
                in.text(),
                in.flag(),
                in.number(),
                (int) in.number(),
                deferrals(in),
                (int) in.number());
    }

    private static List<QueueEntry.Deferral> deferrals(Unpacker in) {
        List<QueueEntry.Deferral> deferrals = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            deferrals.add(new QueueEntry.Deferral((int) in.number(), (int) in.number()));
        }
        return deferrals;
    }

    private static void write(Trace trace, Packer out) {
        trace.match(new TraceForms(out.number(VERSION)));
    }

    private static Trace trace(byte[] bytes) {
        Unpacker in = new Unpacker(bytes);
        in.version("a trace", VERSION);
        int kind = (int) in.number();
        return switch (kind) {
            case 1 ->
                new Trace.Session(
                        in.number(), in.number(), in.text(), in.text(), in.text(), (int) in.number(), in.text());
            case 2 -> new Trace.OpenSessions(in.number(), in.number(), (int) in.number(), (int) in.number());
            case 3 -> new Trace.Tried(in.number(), toldInVersion1(in));
            case 4 -> new Trace.Submissions(in.number(), commands(in));
            case 5 -> new Trace.Seen(in.number(), in.text());
            case 6 ->
                new Trace.Troubles(
                        in.number(),
                        (int) in.number(),
                        Reason.valueOf(in.text()),
                        in.flag(),
                        in.text(),
                        Reason.valueOf(in.text()));
            case 7 -> new Trace.Outbound(in.number(), uses(in));
            case 8 -> new Trace.Tried(in.number(), told(in));
            case 9 -> new Trace.Copies(in.number(), copiesInVersion1(in));
            case 11 -> new Trace.Copies(in.number(), copies(in));
            case 12 -> new Trace.Files(in.number(), (int) in.number(), in.number());
            case 10 -> new Trace.Relay(in.number(), in.number());
            case 13 -> new Trace.Refused(in.number(), in.text(), in.number());
            case 14 -> new Trace.Habit(in.number());
            default -> throw new IllegalArgumentException("a trace of kind " + kind);
        };
    }

    /** Before a third program could tell of an attempt there were two sides: the authentication server and the daemon. */
    private static List<TriedLogin> toldInVersion1(Unpacker in) {
        List<TriedLogin> told = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            long time = in.number();
            int tellers = in.flag() ? AUTH_SERVER : DAEMON;
            told.add(new TriedLogin(time, tellers, in.text(), 0, true));
        }
        return told;
    }

    private static List<TriedLogin> told(Unpacker in) {
        List<TriedLogin> told = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            told.add(new TriedLogin(in.number(), (int) in.number(), in.text(), (int) in.number(), in.flag()));
        }
        return told;
    }

    private static CopyTable copiesInVersion1(Unpacker in) {
        CopyTable told = new CopyTable();
        for (int left = in.count(); left > 0; left--) {
            told.add(new CopiedLine(in.number(), in.number(), (int) in.number(), in.number()));
        }
        return told;
    }

    private static CopyTable copies(Unpacker in) {
        CopyTable told = new CopyTable();
        long time = in.number();
        for (int left = in.count(); left > 0; left--) {
            told.add(new CopiedLine(time + in.number(), in.fixed(), (int) in.number(), in.number()));
        }
        return told;
    }

    private static List<Trace.Outbound.Use> uses(Unpacker in) {
        List<Trace.Outbound.Use> uses = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            uses.add(new Trace.Outbound.Use(in.number(), in.number(), in.flag()));
        }
        return uses;
    }

    private static List<Trace.Submissions.Command> commands(Unpacker in) {
        List<Trace.Submissions.Command> commands = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            commands.add(new Trace.Submissions.Command(in.number(), in.text(), in.text()));
        }
        return commands;
    }
}
