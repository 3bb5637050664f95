package postwarden.parse.exim;

import java.util.List;
import java.util.Optional;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Limit;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.event.Stage;
import postwarden.event.Status;
import postwarden.parse.reply.Replies;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/**
 * What Exim's access control lists refused or noted: {@code H=client F=<sender> rejected RCPT <recipient>: why}.
 *
 * <p>{@code temporarily rejected} is a deferral. A {@code ratelimit} condition's numbers, in the text that the
 * specification suggests or any like it, give the limit that was reached beside it.
 */
final class EximRefusals {
    static final List<Rule> RULES = List.of(
            new Rule("exim/acl-rejected", "H=", EximRefusals::rejected),
            new Rule("exim/acl-warning", "H=", EximRefusals::warning),
            new Rule("exim/verify-failed", "H=", EximRefusals::verifyFailed),
            new Rule("exim/incomplete", "H=", EximRefusals::incomplete),
            new Rule("exim/local-rejected", "U=", EximRefusals::localRejected),
            new Rule("exim/bare-rejected", "F=", EximRefusals::bareRejected),
            new Rule("exim/helo-rejected", "rejected ", EximRefusals::heloRejected),
            new Rule("exim/size-rejected", "rejected MAIL FROM:", EximRefusals::sizeRejected),
            new Rule("exim/unqualified", "unqualified ", EximRefusals::unqualified));

    /** What can follow the client. */
    private static final String[] BEHIND_CLIENT = {
        " X=",
        " F=",
        " P=",
        " rejected ",
        " temporarily rejected ",
        " discarded ",
        " Warning: ",
        " sender verify ",
        " recipient verify ",
        " incomplete transaction ("
    };

    private EximRefusals() {}

    private static boolean rejected(Cursor cursor, Event.Builder event) {
        return client(cursor, event) && verdict(cursor, event);
    }

    private static boolean warning(Cursor cursor, Event.Builder event) {
        if (!client(cursor, event) || !cursor.take("Warning: ")) {
            return false;
        }
        event.kind(Kind.OTHER).put(Field.TEXT, cursor.rest());
        return true;
    }

    /** Comes before the rejection that it leads to; only a note, so that the refusal counts once. */
    private static boolean verifyFailed(Cursor cursor, Event.Builder event) {
        if (!client(cursor, event)) {
            return false;
        }
        if (cursor.take("sender verify fail for ") || cursor.take("sender verify defer for ")) {
            event.put(Field.SENDER, EximText.address(cursor)).put(Field.REASON, Reason.SENDER_REJECTED);
        } else if (cursor.take("recipient verify fail for ") || cursor.take("recipient verify defer for ")) {
            event.put(Field.RECIPIENT, EximText.address(cursor)).put(Field.REASON, Reason.UNKNOWN_RECIPIENT);
        } else {
            return false;
        }
        cursor.take(": ");
        event.kind(Kind.OTHER).put(Field.TEXT, cursor.rest());
        return true;
    }

    private static boolean incomplete(Cursor cursor, Event.Builder event) {
        if (!client(cursor, event) || !cursor.take("incomplete transaction (")) {
            return false;
        }
        event.kind(Kind.OTHER).put(Field.TEXT, cursor.upTo(')'));
        if (cursor.take(" from ")) {
            event.put(Field.SENDER, EximText.address(cursor));
        }
        return true;
    }

    private static boolean localRejected(Cursor cursor, Event.Builder event) {
        event.put(Field.ACCOUNT, cursor.word());
        details(cursor, event);
        return verdict(cursor, event);
    }

    private static boolean bareRejected(Cursor cursor, Event.Builder event) {
        event.put(Field.SENDER, EximText.address(cursor));
        if (!cursor.take(' ')) {
            return false;
        }
        if (EximPeer.read(cursor, event)) {
            cursor.take(' ');
        }
        facts(cursor, event);
        return verdict(cursor, event);
    }

    private static boolean heloRejected(Cursor cursor, Event.Builder event) {
        if ((!cursor.take("HELO from ") && !cursor.take("EHLO from ")) || !EximPeer.read(cursor, event)) {
            return false;
        }
        cursor.take(": ");
        event.kind(Kind.REJECT)
                .put(Field.STAGE, Stage.HELO)
                .put(Field.REASON, Reason.HELO_REJECTED)
                .put(Field.ORIGIN, Origin.LOCAL)
                .put(Field.REPLY_TEXT, cursor.rest());
        return true;
    }

    private static boolean sizeRejected(Cursor cursor, Event.Builder event) {
        String sender = EximText.address(cursor);
        if (!cursor.take(' ') || !EximPeer.read(cursor, event) || !cursor.take(": ")) {
            return false;
        }
        String why = cursor.rest();
        event.kind(Kind.REJECT)
                .put(Field.SENDER, sender)
                .put(Field.STAGE, Stage.MAIL)
                .put(Field.REASON, Replies.STANDARD.reason(-1, "", why))
                .put(Field.ORIGIN, Origin.LOCAL)
                .put(Field.REPLY_TEXT, why);
        return true;
    }

    private static boolean unqualified(Cursor cursor, Event.Builder event) {
        boolean recipient = cursor.take("recipient rejected: ");
        if (!recipient && !cursor.take("sender rejected: ") && !cursor.take("verify rejected: ")) {
            return false;
        }
        String address = EximText.address(cursor);
        if (!cursor.take(' ') || !EximPeer.read(cursor, event)) {
            return false;
        }
        event.kind(Kind.REJECT)
                .put(recipient ? Field.RECIPIENT : Field.SENDER, address)
                .put(Field.REASON, Reason.SYNTAX)
                .put(Field.ORIGIN, Origin.LOCAL);
        return true;
    }

    private static boolean client(Cursor cursor, Event.Builder event) {
        if (!EximPeer.read(cursor, event, BEHIND_CLIENT)) {
            return false;
        }
        details(cursor, event);
        return true;
    }

    private static void details(Cursor cursor, Event.Builder event) {
        if (cursor.take(' ')) {
            facts(cursor, event);
        }
    }

    /** Reads TLS, sender and login, which Exim writes between the client and its verdict, each at most once. */
    private static void facts(Cursor cursor, Event.Builder event) {
        boolean more = true;
        while (more) {
            if (cursor.take("X=")) {
                EximSessions.tls(cursor.word(), event);
            } else if (cursor.take("CV=") || cursor.take("SNI=") || cursor.take("P=") || cursor.take("U=")) {
                cursor.word();
            } else if (cursor.take("DN=")) {
                EximText.quoted(cursor);
            } else if (!event.has(Field.SENDER) && cursor.take("F=")) {
                event.put(Field.SENDER, EximText.address(cursor));
            } else if (event.has(Field.SENDER) && cursor.take("A=")) {
                EximArrival.login(cursor.word(), event);
            } else {
                more = false;
            }
            more = more && cursor.take(' ');
        }
    }

    private static boolean verdict(Cursor cursor, Event.Builder event) {
        Kind kind = cursor.take("temporarily ") ? Kind.DEFER_REJECT : Kind.REJECT;
        if (cursor.take("discarded ")) {
            event.put(Field.STATUS, Status.DISCARDED);
        } else if (!cursor.take("rejected ")) {
            return false;
        }
        event.put(Field.ORIGIN, Origin.LOCAL);
        Optional<Stage> stage = what(cursor, event);
        stage.ifPresent(known -> event.put(Field.STAGE, known));
        String why = cursor.take(": ") ? cursor.rest() : "";
        if (!why.isEmpty()) {
            event.put(Field.REPLY_TEXT, why);
        }
        Reason reason =
                rated(why, stage.orElse(Stage.CONNECT), event) ? Reason.RATE_LIMITED : reason(why, stage.isPresent());
        event.put(Field.REASON, reason).kind(kindFor(reason, kind));
        return true;
    }

    /** Reads what was rejected; empty for a command outside of a transaction (VRFY, EXPN, ETRN …). */
    private static Optional<Stage> what(Cursor cursor, Event.Builder event) {
        if (cursor.take("connection in \"connect\" ACL")) {
            return Optional.of(Stage.CONNECT);
        }
        if (cursor.take("RCPT ")) {
            event.put(Field.RECIPIENT, EximText.address(cursor));
            return Optional.of(Stage.RCPT);
        }
        if (cursor.take("MAIL ")) {
            event.put(Field.SENDER, EximText.address(cursor));
            return Optional.of(Stage.MAIL);
        }
        Optional<Stage> stage = stage(cursor);
        int colon = cursor.text().indexOf(": ", cursor.at());
        cursor.moveTo(colon < 0 ? cursor.text().length() : colon);
        return stage;
    }

    private static Optional<Stage> stage(Cursor cursor) {
        if (cursor.sees("EHLO") || cursor.sees("HELO")) {
            return Optional.of(Stage.HELO);
        }
        if (cursor.sees("after DATA") || cursor.sees("during MIME") || cursor.sees("by local_scan")) {
            return Optional.of(Stage.END_OF_DATA);
        }
        if (cursor.sees("AUTH")) {
            return Optional.of(Stage.AUTH);
        }
        if (cursor.sees("STARTTLS")) {
            return Optional.of(Stage.STARTTLS);
        }
        return cursor.sees("DATA") ? Optional.of(Stage.DATA) : Optional.empty();
    }

    private static Kind kindFor(Reason reason, Kind kind) {
        return switch (reason) {
            case GREYLISTED -> Kind.GREYLIST;
            case BLOCKLISTED -> Kind.DNSBL;
            case SPAM -> Kind.SPAM;
            case VIRUS -> Kind.VIRUS;
            default -> kind;
        };
    }

    /** Exim's own words (sources 4.9x: verify.c, acl.c, the default configuration); all others as any SMTP reply. */
    private static Reason reason(String why, boolean transaction) {
        if (why.startsWith("Unrouteable address") || why.startsWith("Unknown user")) {
            return Reason.UNKNOWN_RECIPIENT;
        }
        if (why.startsWith("relay not permitted")) {
            return Reason.RELAY_DENIED;
        }
        if (why.startsWith("Sender verify failed") || why.startsWith("Could not complete sender verify")) {
            return Reason.SENDER_REJECTED;
        }
        Reason said = Replies.STANDARD.reason(-1, "", why);
        return said == Reason.UNKNOWN && !transaction ? Reason.ACCESS_DENIED : said;
    }

    /** Reads {@code rate 30.1 / 1m (limit 30)}; false where the text holds no such numbers. */
    private static boolean rated(String why, Stage stage, Event.Builder event) {
        int rate = why.indexOf("rate ");
        if (rate < 0) {
            return false;
        }
        Cursor cursor = new Cursor(why);
        cursor.moveTo(rate + "rate ".length());
        double observed = cursor.decimal();
        if (Double.isNaN(observed) || !cursor.take(" / ")) {
            return false;
        }
        cursor.word();
        event.put(Field.OBSERVED, observed);
        if (cursor.take(" (limit ") || cursor.take(" (max ")) {
            event.put(Field.LIMIT_VALUE, Math.round(cursor.decimal()));
        }
        event.put(
                Field.LIMIT,
                switch (stage) {
                    case RCPT -> Limit.CLIENT_RECIPIENT_RATE;
                    case MAIL, DATA, END_OF_DATA -> Limit.CLIENT_MESSAGE_RATE;
                    case AUTH -> Limit.CLIENT_AUTH_RATE;
                    default -> Limit.CLIENT_CONNECTION_RATE;
                });
        return true;
    }
}
