package postwarden.stream.codec;

import java.util.ArrayList;
import java.util.List;
import postwarden.correlate.QueueEntry;
import postwarden.correlate.Trace;
import postwarden.event.Reason;
import postwarden.tally.Packer;
import postwarden.tally.Unpacker;

/** The stored forms of what the correlator remembers; each begins with its version. */
public final class CorrelateCodecs {
    private static final int VERSION = 1;

    public static final Codec<QueueEntry> QUEUE_ENTRY = new Codec<>(CorrelateCodecs::encode, CorrelateCodecs::entry);
    public static final Codec<Trace> TRACE = new Codec<>(CorrelateCodecs::encode, CorrelateCodecs::trace);

    private CorrelateCodecs() {}

    private static byte[] encode(QueueEntry entry) {
        Packer out = new Packer()
                .number(VERSION)
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
        return out.number(entry.connection()).packed();
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

    private static byte[] encode(Trace trace) {
        Packer out = new Packer().number(VERSION);
        if (trace instanceof Trace.Session session) {
            out.number(1)
                    .number(session.time())
                    .number(session.began())
                    .text(session.clientIp())
                    .text(session.clientHostname())
                    .text(session.service())
                    .number(session.failures())
                    .text(session.account());
        } else if (trace instanceof Trace.OpenSessions sessions) {
            out.number(2)
                    .number(sessions.time())
                    .number(sessions.period())
                    .number(sessions.current())
                    .number(sessions.previous());
        } else if (trace instanceof Trace.Attempts attempts) {
            out.number(3).number(attempts.time()).number(attempts.told().size());
            attempts.told()
                    .forEach(told ->
                            out.number(told.time()).flag(told.byAuthServer()).text(told.account()));
        } else if (trace instanceof Trace.Submissions submissions) {
            out.number(4)
                    .number(submissions.time())
                    .number(submissions.commands().size());
            submissions
                    .commands()
                    .forEach(command -> out.number(command.time())
                            .text(command.workingDirectory())
                            .text(command.arguments()));
        } else if (trace instanceof Trace.Seen seen) {
            out.number(5).number(seen.time()).text(seen.file());
        } else if (trace instanceof Trace.Troubles troubles) {
            out.number(6)
                    .number(troubles.time())
                    .number(troubles.relays())
                    .text(troubles.reason().name())
                    .flag(troubles.early())
                    .text(troubles.lastRelayIp())
                    .text(troubles.lastReason().name());
        } else if (trace instanceof Trace.Outbound outbound) {
            out.number(7).number(outbound.time()).number(outbound.uses().size());
            outbound.uses()
                    .forEach(use -> out.number(use.start()).number(use.end()).flag(use.good()));
        }
        return out.packed();
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
            case 3 -> new Trace.Attempts(in.number(), told(in));
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
            default -> throw new IllegalArgumentException("a trace of kind " + kind);
        };
    }

    private static List<Trace.Attempts.Told> told(Unpacker in) {
        List<Trace.Attempts.Told> told = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            told.add(new Trace.Attempts.Told(in.number(), in.flag(), in.text()));
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
