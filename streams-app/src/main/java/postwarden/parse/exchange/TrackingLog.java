package postwarden.parse.exchange;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Reason;
import postwarden.event.Status;
import postwarden.parse.reply.Replies;
import postwarden.parse.rule.Addresses;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;
import postwarden.parse.rule.RuleList;

/**
 * Message tracking. Rows of Exchange 2010 have up to 26 columns, later ones a network-message-id behind the message id and at least 27;
 * a row in which sizes are no numbers fits neither, and names nobody.
 */
final class TrackingLog {
    private static final int OLDEST = 20;
    private static final int WITH_NETWORK_ID = 26;
    /** As Exchange 2019 writes it; more may be commas of a stranger's, and then nothing behind them stands where it should. */
    private static final int WIDEST = 29;

    private static final int MESSAGE_ID = 9;

    private final Replies replies;
    private final RuleList rules = new RuleList(List.of(
            new Rule("exchange-tracking/received", "RECEIVE", kind(Kind.RECEIVED)),
            new Rule("exchange-tracking/delivered", "DELIVER", delivery(Status.SENT)),
            new Rule("exchange-tracking/sent", "SEND", delivery(Status.SENT)),
            new Rule("exchange-tracking/failed", "FAIL", delivery(Status.BOUNCED)),
            new Rule("exchange-tracking/deferred", "DEFER", delivery(Status.DEFERRED)),
            new Rule("exchange-tracking/dropped", "DROP", delivery(Status.DISCARDED)),
            new Rule("exchange-tracking/notified", "DSN", kind(Kind.BOUNCE_NOTIFICATION)),
            new Rule("exchange-tracking/bad-mail", "BADMAIL", kind(Kind.WARNING)),
            new Rule("exchange-tracking/poison", "POISONMESSAGE", kind(Kind.WARNING)),
            new Rule("exchange-tracking/submit-failed", "SUBMITFAIL", kind(Kind.WARNING)),
            new Rule("exchange-tracking/other", "", TrackingLog::other)));

    TrackingLog(Replies replies) {
        this.replies = replies;
    }

    List<Rule> rules() {
        return rules.rules();
    }

    boolean read(Row row, Event.Builder event) {
        if (row.size() < OLDEST) {
            return false;
        }
        boolean later = row.size() >= WITH_NETWORK_ID;
        int recipient = later ? MESSAGE_ID + 2 : MESSAGE_ID + 1;
        boolean fits = row.size() <= WIDEST
                && isNumber(row.column(recipient + 2))
                && isNumber(row.column(recipient + 3))
                && !(later && row.column(MESSAGE_ID + 1).contains("@"));
        if (!fits) {
            event.kind(Kind.OTHER).rule("exchange-tracking/other").put(Field.AMBIGUOUS, true);
            event.put(Field.TEXT, row.column(7));
            return true;
        }
        message(row, recipient, event);
        peer(row, event);
        if (!rules.read(new Cursor(row.column(7)), event)) {
            return false;
        }
        String status = row.column(recipient + 1);
        if (event.has(Field.STATUS) && !status.isEmpty()) {
            answer(status, event);
        }
        return true;
    }

    private static void message(Row row, int recipient, Event.Builder event) {
        put(event, Field.QUEUE_ID, row.column(8).equals("0") ? "" : row.column(8));
        put(event, Field.MESSAGE_ID, bare(row.column(MESSAGE_ID)));
        put(event, Field.CONNECTOR, row.column(5));
        String addresses = row.column(recipient);
        put(event, Field.RECIPIENT, addresses.indexOf(';') < 0 ? addresses : "");
        number(event, Field.SIZE, row.column(recipient + 2));
        number(event, Field.RECIPIENT_COUNT, row.column(recipient + 3));
        put(event, Field.SUBJECT, row.column(recipient + 6));
        String sender = row.column(recipient + 7);
        if (sender.equals("<>")) {
            event.put(Field.SENDER, "");
        } else {
            put(event, Field.SENDER, sender);
        }
    }

    /** A message that came by SMTP has a client, named as it greeted; one that leaves by SMTP has a relay. */
    private static void peer(Row row, Event.Builder event) {
        boolean smtp = row.column(6).equals("SMTP");
        String client = Addresses.canonical(row.column(0));
        String server = Addresses.canonical(row.column(2));
        if (smtp && row.column(7).equals("RECEIVE")) {
            put(event, Field.CLIENT_IP, client);
            put(event, Field.HELO, row.column(1));
            put(event, Field.SERVER_IP, server);
        } else if (smtp && (row.column(7).equals("SEND") || row.column(7).equals("DEFER"))) {
            put(event, Field.RELAY_IP, server);
            put(event, Field.RELAY_HOST, row.column(3));
        }
    }

    /** A reply, bare or as {@code [{LED=550 5.1.1 …};{MSG=…};…]}. */
    private void answer(String status, Event.Builder event) {
        int led = status.startsWith("[{LED=") ? 6 : 0;
        int end = led > 0 ? status.indexOf('}') : -1;
        String text = status.substring(led, end < led ? status.length() : end);
        if (Replies.code(text) >= 0) {
            Reason reason = replies.describe(event, text);
            if (reason == Reason.UNKNOWN && event.has(Field.REASON)) {
                event.put(Field.REASON, reason);
            }
        } else {
            event.put(Field.REPLY_TEXT, text);
        }
    }

    private static Rule.Reading kind(Kind kind) {
        return (cursor, event) -> {
            if (!cursor.atEnd()) {
                return false;
            }
            event.kind(kind);
            if (kind == Kind.WARNING) {
                event.put(Field.TEXT, cursor.text());
            }
            return true;
        };
    }

    private static Rule.Reading delivery(Status status) {
        return (cursor, event) -> {
            if (!cursor.atEnd()) {
                return false;
            }
            event.kind(Kind.DELIVERY).put(Field.STATUS, status);
            return true;
        };
    }

    /** Steps of a message on its way: EXPAND, REDIRECT, TRANSFER, SUBMIT, AGENTINFO, HAREDIRECT and others. */
    private static boolean other(Cursor cursor, Event.Builder event) {
        String id = cursor.rest();
        boolean name = !id.isEmpty() && id.chars().allMatch(c -> c >= 'A' && c <= 'Z');
        event.kind(Kind.OTHER).put(Field.TEXT, id);
        return name;
    }

    private static boolean isNumber(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static String bare(String text) {
        boolean brackets = text.startsWith("<") && text.endsWith(">");
        return brackets ? text.substring(1, text.length() - 1) : text;
    }

    private static void put(Event.Builder event, Field field, String value) {
        if (!value.isEmpty()) {
            event.put(field, value);
        }
    }

    private static void number(Event.Builder event, Field field, String value) {
        long number = new Cursor(value).number();
        if (number >= 0) {
            event.put(field, number);
        }
    }
}
