package postwarden.detect.limit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import postwarden.detect.Advice;
import postwarden.detect.Cause;
import postwarden.detect.Grade;
import postwarden.detect.Scope;
import postwarden.detect.Severity;
import postwarden.detect.Span;
import postwarden.detect.View;
import postwarden.detect.reading.Say;
import postwarden.tally.Count;
import postwarden.tally.Mark;
import postwarden.tally.Pane;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/** A host has no space left for mail: it refuses whatever comes, from partners and from its own people. */
final class QueueIo {
    static final LimitRule RULE = new LimitRule(
            new Scope("queue-io", Watch.SERVER, Span.HOST, Set.of()),
            pane -> said(pane) > 0,
            (part, window) -> said(part),
            Count.STORAGE_REFUSALS,
            QueueIo::told);

    private static final Duration LASTING = Duration.ofMinutes(10);

    private QueueIo() {}

    /** Postfix warns beside each refusal, so that the two are not added. */
    private static long said(Tally part) {
        return Math.max(part.count(Count.STORAGE_REFUSALS), part.count(Count.STORAGE_ERRORS));
    }

    private static Told told(Sight sight) {
        Tally window = sight.window();
        long refused = window.count(Count.STORAGE_REFUSALS);
        long accepted = window.count(Count.MESSAGES);
        return new Told(
                grade(sight, refused),
                List.of(new Cause("DISK_FULL", 1, "its daemons say that there is no space")),
                sight.host() + " has no space left for mail: said " + Say.count(sight.said(), "time") + " in "
                        + sight.minutes() + " minutes",
                Say.count(refused, "command") + " refused for now and "
                        + Say.count(accepted, "message")
                        + " accepted in that time. Other servers try again for days; the"
                        + " programs of its own people say that the mail was not sent.",
                Map.of(
                        "refusals", (double) refused,
                        "complaints", (double) window.count(Count.STORAGE_ERRORS),
                        "accepted", (double) accepted),
                List.of(Count.STORAGE_REFUSALS, Count.STORAGE_ERRORS),
                List.of(advice(sight)),
                "",
                List.of("Which file system is full, and of what, is not in a mail log."));
    }

    private static Grade grade(Sight sight, long refused) {
        if (refused == 0) {
            return Severity.MEDIUM.because("a daemon could not write, but no refusal was seen");
        }
        View view = sight.view();
        boolean lasts = view.window(LASTING, Pane.count(LASTING)).count(Count.STORAGE_REFUSALS) > 0;
        Tally lately = view.window(LASTING);
        // A message that finds room now and then is no end of it.
        boolean wasWorst =
                view.found(RULE.scope().id()).filter(Severity.CRITICAL::equals).isPresent();
        long most = wasWorst ? lately.count(Count.STORAGE_REFUSALS) : 0;
        return lasts && lately.count(Count.MESSAGES) <= most
                ? Severity.CRITICAL.because("it lasts, and hardly any message has been accepted for ten minutes")
                : Severity.HIGH.because("mail is refused whoever brings it");
    }

    private static Advice advice(Sight sight) {
        String bound = sight.window().has(Mark.EXIM)
                ? "Exim: exim -bP check_spool_space check_spool_inodes spool_directory"
                : "Postfix: postconf queue_minfree message_size_limit queue_directory (it wants one and a half times the size"
                        + " limit free)";
        return new Advice(
                "Give " + sight.host() + " space for its queue again",
                List.of(
                        "First see which file system: df -h; df -i (no inodes left looks the same)",
                        "What fills it: du -xh --max-depth=3 /var | sort -h | tail -20; a log, a backup, a core dump, a mailbox,"
                                + " or the queue itself: postqueue -p | tail -1, exim -bpc",
                        "Remove what is known to be needless, or move it: journalctl --vacuum-size=500M; old packages and backups."
                                + " A deleted file that is open still takes its space: lsof +L1",
                        bound,
                        "Where the queue fills it, see first who sends: dominant-sender, sending-burst, mail-loop."),
                "df shows space, the refusals with 452 end, and mail that others kept arrives within hours.",
                "Nothing was changed but what was removed.",
                List.of(
                        "Do not delete files of the queue: each is somebody's mail.",
                        "Do not lower queue_minfree or check_spool_space: a queue that is full to the brim loses mail."));
    }
}
