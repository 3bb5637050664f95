package postwarden.parse.exim;

import java.util.List;
import java.util.Optional;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.event.Stage;
import postwarden.parse.reply.Replies;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/**
 * What Exim's access control lists refused or noted: {@code H=client X=cipher F=<sender> A=login rejected RCPT <recipient>:
 * why} (smtp_handle_acl_fail in smtp_in.c, receive.c, acl.c, 4.94 to 4.100).
 */
final class EximRefusals {
    /** What can follow the client. */
    private static final String[] BEHIND_CLIENT = {
        " X=",
        " CV=",
        " DN=",
        " SNI=",
        " F=",
        " P=",
        " rejected ",
        " temporarily rejected ",
        " discarded ",
        " dropped by ",
        " Warning: ",
        " sender verify ",
        " recipient verify ",
        " incomplete transaction ("
    };

    private final EximVerdict verdict;

    EximRefusals(Replies replies) {
        verdict = new EximVerdict(replies);
    }

    List<Rule> rules() {
        return List.of(
                new Rule("exim/acl-unclear", "H=", EximRefusals::unclear),
                new Rule("exim/acl-rejected", "H=", this::rejected),
                new Rule("exim/acl-discarded", "H=", EximRefusals::discarded),
                new Rule("exim/acl-dropped", "H=", EximRefusals::dropped),
                new Rule("exim/spamassassin", "H=", EximRefusals::spamAssassin),
                new Rule("exim/acl-warning", "H=", EximRefusals::warning),
                new Rule("exim/verify-failed", "H=", EximRefusals::verifyFailed),
                new Rule("exim/incomplete", "H=", EximRefusals::incomplete),
                new Rule("exim/acl-rejected-dnssec", "DS H=", this::rejected),
                new Rule("exim/local-rejected", "U=", this::localRejected),
                new Rule("exim/local-noted", "U=", EximRefusals::localNoted),
                new Rule("exim/bare-rejected", "F=", this::bareRejected),
                new Rule("exim/dcc-rejected", "H=", EximRefusals::rejectedByDcc));
    }

    /**
     * A client certificate's name ({@code DN="…"}) in which Exim hides no quote: where it could end twice, what stands
     * behind is a stranger's, and only the client before it is certain.
     */
    private static boolean unclear(Cursor cursor, Event.Builder event) {
        int name = cursor.text().indexOf(" DN=\"", cursor.at());
        if (name < 0 || ends(cursor.text(), name + " DN=\"".length()) < 2) {
            return false;
        }
        if (!EximPeer.read(cursor, event, BEHIND_CLIENT) || cursor.at() > name) {
            return false;
        }
        event.kind(Kind.REJECT).put(Field.ORIGIN, Origin.LOCAL);
        return true;
    }

    /** In how many places a quoted name that begins there could end. */
    private static int ends(String text, int from) {
        int count = 0;
        for (int at = text.indexOf("\" ", from); at >= 0; at = text.indexOf("\" ", at + 1)) {
            boolean end = text.startsWith("SNI=", at + 2)
                    || text.startsWith("F=<", at + 2)
                    || text.startsWith("rejected ", at + 2)
                    || text.startsWith("temporarily ", at + 2);
            count += end ? 1 : 0;
        }
        return count;
    }

    private boolean rejected(Cursor cursor, Event.Builder event) {
        return client(cursor, event) && verdict.read(cursor, event);
    }

    /** {@code H=client F=<sender> RCPT <recipient>: discarded by RCPT ACL: why}: accepted in show only. */
    private static boolean discarded(Cursor cursor, Event.Builder event) {
        return client(cursor, event) && EximVerdict.discarded(cursor, event);
    }

    /** {@code H=client dropped by 'connect' ACL: why}. */
    private static boolean dropped(Cursor cursor, Event.Builder event) {
        if (!client(cursor, event) || !cursor.take("dropped by ")) {
            return false;
        }
        cursor.upTo(": ");
        event.kind(Kind.REJECT)
                .put(Field.STAGE, Stage.CONNECT)
                .put(Field.REASON, Reason.ACCESS_DENIED)
                .put(Field.ORIGIN, Origin.LOCAL);
        if (!cursor.atEnd()) {
            event.put(Field.REPLY_TEXT, cursor.rest());
        }
        return true;
    }

    private static boolean warning(Cursor cursor, Event.Builder event) {
        return client(cursor, event) && note(cursor, event);
    }

    private static boolean note(Cursor cursor, Event.Builder event) {
        if (!cursor.take("Warning: ")) {
            return false;
        }
        event.kind(Kind.OTHER).put(Field.TEXT, cursor.rest());
        return true;
    }

    /** cPanel's {@code Warning: "SpamAssassin as user detected message as NOT spam (-0.1)"}. */
    private static boolean spamAssassin(Cursor cursor, Event.Builder event) {
        return client(cursor, event) && cursor.take("Warning: ") && EximSpam.spamAssassin(cursor, event);
    }

    /** Comes before the rejection that it leads to; only a note, so that the refusal counts once. */
    private static boolean verifyFailed(Cursor cursor, Event.Builder event) {
        return client(cursor, event) && verification(cursor, event);
    }

    private static boolean verification(Cursor cursor, Event.Builder event) {
        if (cursor.take("sender verify fail for ") || cursor.take("sender verify defer for ")) {
            EximText.address(cursor, event, Field.SENDER);
            event.put(Field.REASON, Reason.SENDER_REJECTED);
        } else if (cursor.take("recipient verify fail for ") || cursor.take("recipient verify defer for ")) {
            EximText.address(cursor, event, Field.RECIPIENT);
            event.put(Field.REASON, Reason.UNKNOWN_RECIPIENT);
        } else {
            return false;
        }
        cursor.take(": ");
        event.kind(Kind.OTHER).put(Field.TEXT, cursor.rest());
        return true;
    }

    private static boolean incomplete(Cursor cursor, Event.Builder event) {
        return client(cursor, event) && incompleteTransaction(cursor, event);
    }

    private static boolean incompleteTransaction(Cursor cursor, Event.Builder event) {
        if (!cursor.take("incomplete transaction (")) {
            return false;
        }
        event.kind(Kind.OTHER).put(Field.TEXT, cursor.upTo(')'));
        if (cursor.take(" from ")) {
            EximText.address(cursor, event, Field.SENDER);
        }
        return true;
    }

    private boolean localRejected(Cursor cursor, Event.Builder event) {
        String user = cursor.word();
        if (user.isEmpty()) {
            return false;
        }
        event.put(Field.ACCOUNT, user);
        facts(cursor, event);
        return verdict.read(cursor, event) || EximVerdict.discarded(cursor, event);
    }

    private static boolean localNoted(Cursor cursor, Event.Builder event) {
        String user = cursor.word();
        if (user.isEmpty()) {
            return false;
        }
        event.put(Field.ACCOUNT, user);
        facts(cursor, event);
        return note(cursor, event) || verification(cursor, event) || incompleteTransaction(cursor, event);
    }

    /** {@code F=<sender> rejected by non-SMTP ACL: why}, {@code F=sender H=client P=esmtp rejected by local_scan(): why}. */
    private boolean bareRejected(Cursor cursor, Event.Builder event) {
        EximText.address(cursor, event, Field.SENDER);
        if (cursor.sees(" H=")) {
            cursor.take(' ');
            EximPeer.read(cursor, event, BEHIND_CLIENT);
        }
        facts(cursor, event);
        return verdict.read(cursor, event);
    }

    /** {@code H=host [address] F=<sender>: rejected by DCC}, the host without its HELO. */
    private static boolean rejectedByDcc(Cursor cursor, Event.Builder event) {
        Optional<EximPeer> peer = EximPeer.read(cursor, " F=<");
        if (peer.isEmpty() || !cursor.take(" F=")) {
            return false;
        }
        EximText.address(cursor, event, Field.SENDER);
        if (!cursor.take(": rejected by DCC")) {
            return false;
        }
        peer.get().putInto(event);
        event.kind(Kind.SPAM)
                .put(Field.STAGE, Stage.END_OF_DATA)
                .put(Field.REASON, Reason.SPAM)
                .put(Field.ORIGIN, Origin.LOCAL);
        return true;
    }

    private static boolean client(Cursor cursor, Event.Builder event) {
        if (!EximPeer.read(cursor, event, BEHIND_CLIENT)) {
            return false;
        }
        facts(cursor, event);
        return true;
    }

    /**
     * Reads TLS, sender and login, which Exim writes between the client and its verdict, each at most once, and moves to
     * the verdict.
     */
    private static void facts(Cursor cursor, Event.Builder event) {
        boolean sender = false;
        boolean more = cursor.take(' ');
        while (more) {
            if (cursor.take("X=")) {
                EximTls.put(cursor.word(), event);
            } else if (cursor.take("DN=")) {
                EximText.quoted(cursor);
            } else if (!sender && cursor.take("F=")) {
                EximText.address(cursor, event, Field.SENDER);
                sender = true;
            } else if (sender && cursor.take("A=")) {
                EximArrival.login(cursor.word(), event);
            } else if (isDetail(cursor)) {
                cursor.word();
            } else {
                return;
            }
            more = cursor.take(' ');
        }
    }

    private static boolean isDetail(Cursor cursor) {
        return cursor.sees("CV=")
                || cursor.sees("SNI=")
                || cursor.sees("P=")
                || cursor.sees("U=")
                || cursor.sees("SPF=")
                || cursor.sees("DMARC=")
                || cursor.sees("DSN=");
    }
}
