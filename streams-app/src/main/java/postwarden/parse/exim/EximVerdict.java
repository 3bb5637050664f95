package postwarden.parse.exim;

import java.util.Optional;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.event.Stage;
import postwarden.event.Status;
import postwarden.parse.reply.Replies;
import postwarden.parse.rule.Cursor;

/**
 * Reads what Exim's access control lists decided, behind the client: {@code rejected RCPT <recipient>: why}
 * (smtp_handle_acl_fail in smtp_in.c, 4.94 to 4.100).
 *
 * <p>{@code temporarily rejected} is a deferral. The words behind the colon are the administrator's or Exim's own.
 */
final class EximVerdict {
    private final Replies replies;

    EximVerdict(Replies replies) {
        this.replies = replies;
    }

    boolean read(Cursor cursor, Event.Builder event) {
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
        Reason reason = EximRates.ofSender(why, event).orElseGet(() -> stated(why, stage, kind, event));
        EximSpam.details(why, reason, event);
        event.put(Field.REASON, reason).kind(kindFor(reason, kind));
        return true;
    }

    private Reason stated(String why, Optional<Stage> stage, Kind kind, Event.Builder event) {
        return EximRates.read(why, stage.orElse(Stage.CONNECT), event)
                ? Reason.RATE_LIMITED
                : reason(why, stage.isPresent(), kind);
    }

    /** {@code RCPT <recipient>: discarded by RCPT ACL: why}. */
    static boolean discarded(Cursor cursor, Event.Builder event) {
        if (!cursor.take("RCPT ")) {
            return false;
        }
        EximText.address(cursor, event, Field.RECIPIENT);
        if (!cursor.take(": discarded by ")) {
            return false;
        }
        cursor.upTo(" ACL");
        event.kind(Kind.POLICY)
                .put(Field.STATUS, Status.DISCARDED)
                .put(Field.STAGE, Stage.RCPT)
                .put(Field.ORIGIN, Origin.LOCAL)
                .put(Field.REASON, Reason.ACCESS_DENIED);
        if (cursor.take(": ")) {
            event.put(Field.REPLY_TEXT, cursor.rest());
        }
        return true;
    }

    /** Reads what was rejected; empty for a command outside of a transaction (VRFY, EXPN, ETRN …). */
    private static Optional<Stage> what(Cursor cursor, Event.Builder event) {
        if (cursor.take("connection in \"connect\" ACL") || cursor.take("connection ")) {
            return Optional.of(Stage.CONNECT);
        }
        if (cursor.take("RCPT ")) {
            EximText.address(cursor, event, Field.RECIPIENT);
            return Optional.of(Stage.RCPT);
        }
        if (cursor.take("MAIL ")) {
            cursor.take("FROM:");
            EximText.address(cursor, event, Field.SENDER);
            skipOptions(cursor);
            return Optional.of(Stage.MAIL);
        }
        Optional<Stage> stage = stage(cursor);
        skipOptions(cursor);
        return stage;
    }

    private static void skipOptions(Cursor cursor) {
        int colon = cursor.text().indexOf(": ", cursor.at());
        cursor.moveTo(colon < 0 ? cursor.text().length() : colon);
    }

    private static Optional<Stage> stage(Cursor cursor) {
        if (cursor.sees("EHLO") || cursor.sees("HELO")) {
            return Optional.of(Stage.HELO);
        }
        if (cursor.sees("after DATA")
                || cursor.sees("during MIME")
                || cursor.sees("by local_scan")
                || cursor.sees("by non-SMTP ACL")) {
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

    /** Exim's own words (verify.c, acl.c, the default configuration); all others as any SMTP reply. */
    private Reason reason(String why, boolean transaction, Kind kind) {
        if (why.isEmpty() && kind == Kind.REJECT) {
            return Reason.ACCESS_DENIED;
        }
        if (why.startsWith("Unrouteable address") || why.startsWith("Unknown user")) {
            return Reason.UNKNOWN_RECIPIENT;
        }
        if (why.startsWith("relay not permitted")) {
            return Reason.RELAY_DENIED;
        }
        if (why.contains("Sender verify failed") || why.contains("Could not complete sender verify")) {
            return Reason.SENDER_REJECTED;
        }
        if (why.contains("Could not complete recipient verify")) {
            return Reason.TEMPORARY_ERROR;
        }
        Reason said = replies.reason(-1, "", why);
        return said == Reason.UNKNOWN && !transaction ? Reason.ACCESS_DENIED : said;
    }
}
