package postwarden.parse.sendmail;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Limit;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.event.Stage;
import postwarden.parse.reply.Replies;
import postwarden.parse.rule.Addresses;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Remarks;
import postwarden.parse.rule.Rule;

/**
 * Refusals: by a rule set, {@code ruleset=check_rcpt, arg1=<a>, relay=host [ip], reject=550 …} (8.18, parseaddr.c), by a
 * milter, {@code Milter: from=<a>, reject=451 …} (srvrsmtp.c), and of one recipient, {@code <a>... User unknown}.
 *
 * <p>The first argument is a stranger's text, stands before the client and is repeated behind it. A line in which a
 * client stands twice names nobody.
 */
final class SendmailRefusals {
    private static final String RELAY = ", relay=";
    private static final String REJECT = ", reject=";

    private final Replies replies;

    SendmailRefusals(Replies replies) {
        this.replies = replies;
    }

    List<Rule> rules() {
        return List.of(
                new Rule("sendmail/ruleset", "ruleset=", this::ruleset),
                new Rule("sendmail/milter-connect", "Milter: connect: host=", this::milterConnect),
                new Rule("sendmail/milter-from", "Milter: from=", milter(Stage.MAIL, Field.SENDER)),
                new Rule("sendmail/milter-to", "Milter: to=", milter(Stage.RCPT, Field.RECIPIENT)),
                new Rule("sendmail/milter-helo", "Milter: helo=", milter(Stage.HELO, Field.HELO)),
                new Rule("sendmail/milter-command", "Milter: cmd=data", milter(Stage.DATA)),
                new Rule("sendmail/milter-data", "Milter: data", milter(Stage.END_OF_DATA)),
                new Rule("sendmail/milter-held", "milter=", SendmailRefusals::held),
                new Rule("sendmail/recipient", "<", this::recipient),
                new Rule("sendmail/too-large", "message size (", SendmailRefusals::tooLarge),
                new Rule("sendmail/tcp-wrapper", "tcpwrappers (", SendmailRefusals::wrapper));
    }

    private boolean ruleset(Cursor cursor, Event.Builder event) {
        String name = cursor.upTo(", arg1=");
        String text = cursor.text();
        int relay = text.indexOf(RELAY, cursor.at());
        int slot = relay < 0 ? cursor.at() : relay + RELAY.length();
        int end = decision(text, slot);
        if (end < 0) {
            return false;
        }
        event.put(Field.SERVICE, "smtp").put(Field.ORIGIN, Origin.LOCAL);
        stage(name, event);
        if (relay >= 0 && text.indexOf(RELAY, relay + 1) >= 0) {
            event.kind(Kind.REJECT).put(Field.AMBIGUOUS, true);
            return true;
        }
        decide(text.substring(end), event);
        if (relay >= 0 && SendmailPeer.of(text.substring(slot, end)).asClient(event)) {
            argument(name, text.substring(cursor.at(), relay), event);
        }
        return true;
    }

    /** Where the decision begins behind the client. */
    private static int decision(String text, int from) {
        int best = -1;
        for (String mark : List.of(REJECT, ", status=", ", quarantine=", ", discard")) {
            int at = text.indexOf(mark, from);
            best = at >= 0 && (best < 0 || at < best) ? at : best;
        }
        return best;
    }

    private void decide(String decision, Event.Builder event) {
        if (decision.startsWith(REJECT)) {
            reject(decision.substring(REJECT.length()), event);
        } else if (decision.startsWith(", quarantine=")) {
            event.kind(Kind.HELD).put(Field.TEXT, event.line().message());
        } else {
            event.kind(Kind.POLICY).put(Field.TEXT, event.line().message());
        }
    }

    private void reject(String said, Event.Builder event) {
        Reason reason = reason(said, event);
        boolean rate = said.contains("Connection rate limit exceeded");
        if (rate || said.contains("Too many open connections")) {
            event.kind(Kind.CONNECTION_LIMIT)
                    .put(Field.LIMIT, rate ? Limit.CLIENT_CONNECTION_RATE : Limit.CLIENT_CONCURRENCY);
            return;
        }
        event.kind(
                switch (reason) {
                    case GREYLISTED -> Kind.GREYLIST;
                    case BLOCKLISTED -> Kind.DNSBL;
                    case SPAM -> Kind.SPAM;
                    case VIRUS -> Kind.VIRUS;
                    default -> said.startsWith("4") ? Kind.DEFER_REJECT : Kind.REJECT;
                });
    }

    /** By the words behind the address, which is a stranger's and stands first: {@code 550 5.1.1 <a>... User unknown}. */
    private Reason reason(String said, Event.Builder event) {
        int open = said.indexOf('<');
        int close = said.lastIndexOf(">... ");
        boolean addressed = open >= 0 && close > open;
        String words = addressed ? said.substring(0, open) + said.substring(close + ">... ".length()) : said;
        Reason reason = replies.describe(event, words);
        event.put(Field.REPLY_TEXT, said);
        if (words.contains("Domain of sender address ") || words.contains("Domain name required for sender address ")) {
            event.put(Field.REASON, Reason.SENDER_REJECTED);
            return Reason.SENDER_REJECTED;
        }
        return reason;
    }

    private static void stage(String ruleset, Event.Builder event) {
        switch (ruleset) {
            case "check_relay" -> event.put(Field.STAGE, Stage.CONNECT);
            case "check_mail" -> event.put(Field.STAGE, Stage.MAIL);
            case "check_rcpt", "check_compat" -> event.put(Field.STAGE, Stage.RCPT);
            case "check_data" -> event.put(Field.STAGE, Stage.DATA);
            case "check_eoh", "check_eom" -> event.put(Field.STAGE, Stage.END_OF_DATA);
            case "trust_auth" -> event.put(Field.STAGE, Stage.AUTH);
            case "tls_client", "tls_server", "try_tls" -> event.put(Field.STAGE, Stage.STARTTLS);
            default -> {
                // A rule set of the administrator's, such as one for a header.
            }
        }
    }

    private static void argument(String ruleset, String text, Event.Builder event) {
        if (!Envelopes.areCertain(text)) {
            return;
        }
        if (ruleset.equals("check_rcpt")) {
            event.put(Field.RECIPIENT, Envelopes.address(text));
        } else if (ruleset.equals("check_mail")) {
            event.put(Field.SENDER, Envelopes.address(text));
        }
    }

    /** {@code Milter: connect: host=a.example, addr=192.0.2.1, reject=…}: the name is before the address, and verified. */
    private boolean milterConnect(Cursor cursor, Event.Builder event) {
        String host = cursor.upTo(", addr=");
        String ip = Addresses.canonical(cursor.upTo(", "));
        if (ip.isEmpty()) {
            return false;
        }
        event.put(Field.SERVICE, "smtp")
                .put(Field.ORIGIN, Origin.POLICY_SERVICE)
                .put(Field.STAGE, Stage.CONNECT);
        event.put(Field.CLIENT_IP, ip);
        if (!host.startsWith("[")) {
            event.put(Field.CLIENT_HOSTNAME, host);
        }
        boolean said = cursor.take("reject=") || cursor.take("shutdown=") || cursor.take("temp failing commands=");
        if (said) {
            reject(cursor.rest(), event);
        } else {
            event.kind(cursor.sees("temp") ? Kind.DEFER_REJECT : Kind.REJECT);
        }
        return true;
    }

    /** {@code Milter: from=<a>, reject=451 …}; what was refused is a stranger's text, the reply may repeat it. */
    private Rule.Reading milter(Stage stage, Field field) {
        return (cursor, event) -> {
            String text = cursor.text();
            int end = decision(text, cursor.at());
            if (end < 0) {
                return false;
            }
            String value = text.substring(cursor.at(), end);
            if (!Envelopes.areCertain(value)) {
                event.kind(Kind.REJECT).put(Field.ORIGIN, Origin.POLICY_SERVICE).put(Field.STAGE, stage);
                return true;
            }
            cursor.moveTo(end);
            event.put(field, Envelopes.address(value));
            return milter(stage).read(cursor, event);
        };
    }

    private Rule.Reading milter(Stage stage) {
        return (cursor, event) -> {
            boolean rejected = cursor.take(REJECT);
            if (!rejected && !cursor.sees(", discard")) {
                return false;
            }
            event.put(Field.SERVICE, "smtp")
                    .put(Field.ORIGIN, Origin.POLICY_SERVICE)
                    .put(Field.STAGE, stage);
            if (rejected) {
                reject(cursor.rest(), event);
            } else {
                event.kind(Kind.POLICY).put(Field.TEXT, event.line().message());
            }
            return true;
        };
    }

    /** {@code milter=name, quarantine=why}; the other lines of this form repeat what {@code Milter: } lines say. */
    private static boolean held(Cursor cursor, Event.Builder event) {
        return Remarks.put(cursor.ahead(", quarantine=") ? Kind.HELD : Kind.OTHER, event);
    }

    /** {@code <a@example.com>... User unknown}: the reply to one recipient, without its code. */
    private boolean recipient(Cursor cursor, Event.Builder event) {
        String address = cursor.upTo('>');
        if (!cursor.take("... ") || !Envelopes.areCertain(address)) {
            return false;
        }
        String said = cursor.rest();
        Reason reason = replies.reason(-1, "", said);
        event.kind(Kind.REJECT).put(Field.ORIGIN, Origin.LOCAL).put(Field.STAGE, Stage.RCPT);
        event.put(Field.RECIPIENT, address).put(Field.REPLY_TEXT, said).put(Field.REASON, reason);
        return true;
    }

    private static boolean tooLarge(Cursor cursor, Event.Builder event) {
        long size = cursor.number();
        if (size < 0 || !cursor.ahead(" exceeds maximum")) {
            return false;
        }
        event.kind(Kind.REJECT)
                .put(Field.SIZE, size)
                .put(Field.ORIGIN, Origin.LOCAL)
                .put(Field.REASON, Reason.MESSAGE_TOO_LARGE)
                .put(Field.TEXT, event.line().message());
        return true;
    }

    /** {@code tcpwrappers (host, 192.0.2.1) rejection}. */
    private static boolean wrapper(Cursor cursor, Event.Builder event) {
        cursor.upTo(", ");
        String ip = Addresses.canonical(cursor.upTo(')'));
        event.kind(Kind.REJECT).put(Field.ORIGIN, Origin.LOCAL).put(Field.STAGE, Stage.CONNECT);
        event.put(Field.SERVICE, "smtp").put(Field.REASON, Reason.ACCESS_DENIED);
        if (!ip.isEmpty()) {
            event.put(Field.CLIENT_IP, ip);
        }
        return cursor.sees(" rejection");
    }
}
