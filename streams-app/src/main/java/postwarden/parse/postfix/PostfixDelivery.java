package postwarden.parse.postfix;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Reason;
import postwarden.event.Stage;
import postwarden.event.Status;
import postwarden.parse.reply.Replies;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/**
 * Attempts to deliver: Postfix's smtp, lmtp, error, local, virtual, pipe and discard (Postfix 3.10, log_adhoc.c,
 * smtp_trouble.c; {@code tls=} of 3.11 by lines in public). An event of the transport {@code error} made no attempt: the destination is held for dead.
 */
final class PostfixDelivery {
    private static final String RELAY = ">, relay=";
    private static final String ORIGINAL = ">, orig_to=<";
    private static final String FORWARDED = "forwarded as ";

    private final PostfixTrouble trouble;

    PostfixDelivery(Replies replies) {
        trouble = new PostfixTrouble(replies);
    }

    List<Rule> rules() {
        List<Rule> rules = new ArrayList<>(List.of(
                new Rule("delivery/attempt", "to=<", this::attempt),
                trouble("delivery/host", "host "),
                trouble("delivery/connect", "connect to "),
                trouble("delivery/lost", "lost connection with "),
                trouble("delivery/conversation", "conversation with "),
                trouble("delivery/tls", "Cannot start TLS: "),
                trouble("delivery/tls-required", "TLS is required, "),
                trouble("delivery/certificate", "Server certificate not "),
                trouble("delivery/auth", "SASL authentication failed; "),
                trouble("delivery/auth-cached", "SASL [CACHED] authentication failed; "),
                trouble("delivery/utf8", "SMTPUTF8 is required, "),
                trouble("delivery/local-error", "local data error while talking to "),
                trouble("delivery/unavailable", "server unavailable or unable to receive mail"),
                trouble("delivery/no-address", "unable to look up host "),
                trouble("delivery/no-relay", "unable to find primary relay for "),
                trouble("delivery/no-name", "Host or domain name not found. "),
                trouble("delivery/tls-configuration", "client TLS configuration problem"),
                trouble("delivery/tls-record", "TLSA lookup error for "),
                trouble("delivery/tls-sender", "Sender requires verified TLS, "),
                trouble("delivery/configuration", "server configuration error"),
                trouble("delivery/unexpected", "unexpected server message"),
                trouble("delivery/too-large", "message size "),
                PostfixNotices.other("delivery/pix", "enabling PIX "),
                PostfixNotices.other("delivery/tls-offered", "Host offered STARTTLS: ["),
                PostfixNotices.other("delivery/line-broken", "breaking line > "),
                PostfixNotices.other("delivery/wrapper-mode", "SMTPS wrappermode (TCP port 465) requires "),
                new Rule("delivery/reporting", "TLSRPT: status=", PostfixDelivery::reported),
                PostfixNotices.warning("delivery/no-mx", "warning: no MX host for ", Reason.DNS_NOT_FOUND),
                PostfixNotices.warning(
                        "delivery/mx-number",
                        "warning: numeric domain name in resource data of MX record for ",
                        Reason.DNS_NOT_FOUND),
                PostfixNotices.error("delivery/bind", "warning: smtp_connect_addr: "),
                new Rule("delivery/own-name", "warning: host ", PostfixDelivery::ownName)));
        rules.addAll(PostfixTls.OUTBOUND);
        rules.addAll(PostfixContent.outbound());
        rules.add(new Rule("delivery/used-tls", "Used TLS for ", PostfixDelivery::usedTls));
        return rules;
    }

    /** A line without a recipient: one host of several failed, the next is tried. */
    private Rule trouble(String name, String prefix) {
        return new Rule(name, prefix, (cursor, event) -> {
            if (cursor.text().endsWith(" offers SMTPUTF8 support, but not 8BITMIME")) {
                return PostfixServices.text(Kind.OTHER).read(cursor, event);
            }
            cursor.moveTo(cursor.at() - prefix.length());
            event.kind(Kind.DELIVERY_TROUBLE);
            trouble.explain(cursor.rest(), event);
            return true;
        });
    }

    /** {@code failure, domain=x, receiving_mx=host[ip], failure_type=y}: what a TLS report will say (tlsrpt_wrapper.c). */
    private static boolean reported(Cursor cursor, Event.Builder event) {
        boolean failed = cursor.take("failure, domain=");
        if (!failed && !cursor.take("success, domain=")) {
            return false;
        }
        cursor.upTo(", receiving_mx=");
        Peer mx = Peer.read(cursor);
        if (mx.certain()) {
            mx.asRelay(event);
        }
        event.kind(failed ? Kind.TLS_ERROR : Kind.OTHER)
                .put(Field.TEXT, event.line().message());
        if (failed) {
            event.put(Field.STAGE, Stage.STARTTLS).put(Field.REASON, Reason.TLS);
        }
        return true;
    }

    /** {@code Used TLS for host[ip]:25}: of builds that a vendor changed. */
    private static boolean usedTls(Cursor cursor, Event.Builder event) {
        Peer relay = Peer.readLast(cursor);
        if (!relay.certain()) {
            return false;
        }
        relay.asRelay(event);
        event.kind(Kind.TLS);
        return true;
    }

    private boolean attempt(Cursor cursor, Event.Builder event) {
        String text = cursor.text();
        int end = text.indexOf(RELAY, cursor.at());
        if (end < 0) {
            return false;
        }
        event.kind(Kind.DELIVERY);
        boolean repeated = text.indexOf(RELAY, end + 1) >= 0;
        if (repeated || !recipients(text.substring(cursor.at(), end), event)) {
            event.put(Field.AMBIGUOUS, true);
            return true;
        }
        cursor.moveTo(end + RELAY.length());
        return relay(cursor, event) && outcome(cursor, event);
    }

    /** Who it was for, and who it was first meant for; false where the text could be cut in two ways. */
    private static boolean recipients(String text, Event.Builder event) {
        int cut = text.indexOf(ORIGINAL);
        if (cut < 0) {
            event.put(Field.RECIPIENT, text);
            return true;
        }
        if (text.indexOf(ORIGINAL, cut + 1) >= 0) {
            return false;
        }
        event.put(Field.RECIPIENT, text.substring(0, cut));
        event.put(Field.ORIGINAL_RECIPIENT, text.substring(cut + ORIGINAL.length()));
        return true;
    }

    private static boolean relay(Cursor cursor, Event.Builder event) {
        Peer peer = Peer.read(cursor);
        if (peer.certain()) {
            peer.asRelay(event);
        } else {
            String name = cursor.upTo(", ");
            cursor.moveTo(cursor.at() - 2);
            if (!name.equals("none")) {
                event.put(Field.RELAY_HOST, hostOf(name));
            }
        }
        return cursor.take(", ");
    }

    /** Without the brackets of a socket that is given as no path, or of an address that is none (a log made anonymous). */
    private static String hostOf(String relay) {
        int bracket = relay.indexOf('[');
        int close = relay.lastIndexOf(']');
        boolean last = close == relay.length() - 1 || relay.startsWith("]:", close);
        return bracket > 0 && close > bracket && last ? relay.substring(0, bracket) : relay;
    }

    /**
     * {@code conn_use=2, delay=0.1, delays=0/0/0.1/0, tls=dane, dsn=2.0.0, status=sent (text)}; {@code conn_use} only from 2
     * on, {@code tls} since 3.11.
     */
    private boolean outcome(Cursor cursor, Event.Builder event) {
        if (cursor.take("conn_use=")) {
            event.put(Field.CONNECTION_USE, Math.max(1, cursor.number()));
            skipComma(cursor);
        } else if (event.has(Field.RELAY_IP)) {
            event.put(Field.CONNECTION_USE, 1);
        }
        while (!cursor.take("status=")) {
            if (!part(cursor, event) || !cursor.take(", ")) {
                return false;
            }
        }
        String word = cursor.word();
        if (!status(word, event) || !cursor.take(' ')) {
            return false;
        }
        boolean bracketed = cursor.take('(');
        String said = cursor.rest();
        explain(word, bracketed && said.endsWith(")") ? said.substring(0, said.length() - 1) : said, event);
        return true;
    }

    /** Before 2.4 no comma stood behind {@code conn_use}. */
    private static void skipComma(Cursor cursor) {
        cursor.take(',');
        cursor.take(' ');
    }

    private static boolean part(Cursor cursor, Event.Builder event) {
        if (cursor.take("delay=")) {
            event.put(Field.DELAY, cursor.decimal());
        } else if (cursor.take("delays=")) {
            event.put(Field.DELAYS, delays(cursor));
        } else if (cursor.take("dsn=")) {
            String dsn = Replies.dsn(cursor.text(), cursor.at());
            cursor.moveTo(cursor.at() + dsn.length());
            event.put(Field.DSN, dsn);
        } else {
            return passedOver(cursor);
        }
        return true;
    }

    /**
     * {@code tls=dane:may/requiretls}, or what a later version may add: a key in lower case and a value in one piece. No
     * stranger's text stands before the status.
     */
    private static boolean passedOver(Cursor cursor) {
        int start = cursor.at();
        while (isOfKey(cursor.peek())) {
            cursor.moveTo(cursor.at() + 1);
        }
        if (cursor.at() == start || !cursor.take('=')) {
            return false;
        }
        while (!cursor.atEnd() && " ,()<>".indexOf(cursor.peek()) < 0) {
            cursor.moveTo(cursor.at() + 1);
        }
        return true;
    }

    private static boolean isOfKey(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    }

    private static List<Double> delays(Cursor cursor) {
        double first = cursor.decimal();
        cursor.take('/');
        double second = cursor.decimal();
        cursor.take('/');
        double third = cursor.decimal();
        cursor.take('/');
        return List.of(first, second, third, cursor.decimal());
    }

    private static boolean status(String word, Event.Builder event) {
        switch (word.toLowerCase(Locale.ROOT)) {
            case "sent" -> event.put(Field.STATUS, Status.SENT);
            case "deferred", "softbounce" -> event.put(Field.STATUS, Status.DEFERRED);
            case "bounced" -> event.put(Field.STATUS, Status.BOUNCED);
            case "expired" -> event.put(Field.STATUS, Status.EXPIRED);
            case "deliverable", "deliverable-but-not-cached" -> event.put(Field.STATUS, Status.DELIVERABLE);
            case "undeliverable", "undeliverable-but-not-cached" -> event.put(Field.STATUS, Status.UNDELIVERABLE);
            case "discarded" -> event.put(Field.STATUS, Status.DISCARDED);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void explain(String word, String said, Event.Builder event) {
        int code = Replies.code(said);
        if (code > 0 && code < 400) {
            event.put(Field.REPLY_CODE, code).put(Field.REPLY_TEXT, said);
        } else if (said.startsWith(FORWARDED)) {
            event.put(Field.NEXT_QUEUE_ID, said.substring(FORWARDED.length())).put(Field.REPLY_TEXT, said);
        } else if (word.equals("sent") || word.startsWith("deliverable")) {
            event.put(Field.REPLY_TEXT, said);
        } else {
            trouble.explain(said, event);
        }
    }

    /** {@code host x[ip] greeted me with my own hostname y}: mail would loop; or x does not want to hear of the client. */
    private static boolean ownName(Cursor cursor, Event.Builder event) {
        Peer relay = Peer.read(cursor);
        boolean own = cursor.sees(" greeted me with my own hostname ")
                || cursor.sees(" replied to HELO/EHLO with my own hostname ");
        if (!relay.certain() || (!own && !cursor.sees(" said: "))) {
            return false;
        }
        relay.asRelay(event);
        event.kind(Kind.WARNING).put(Field.TEXT, event.line().message());
        if (own) {
            event.put(Field.REASON, Reason.MAIL_LOOP);
        }
        return true;
    }
}
