package postwarden.parse.postfix;

import postwarden.event.Event;
import postwarden.event.Field;

/**
 * The end of a decision's line: {@code ; from=<a> to=<b> proto=ESMTP helo=<c> sasl_username=<d>}, each part optional
 * (Postfix 3.7, smtpd_check.c); since 3.9 {@code sasl_method=e sasl_username=d sasl_sender=f} without brackets; postscreen
 * puts commas between. Sender and recipient may hold anything, so nothing is taken where a mark stands twice in the line or
 * out of its place, nor where an address is not whole. HELO holds no angle bracket ({@code NEUTER_CHARACTERS}, smtpd.c). An
 * account stands behind {@code proto=}, which smtpd always writes, and behind HELO; cleanup writes none.
 */
final class Envelope {
    private static final String FROM = "; from=<";
    private static final String TO = " to=<";
    private static final String PROTOCOL = " proto=";
    private static final String HELO = " helo=<";
    private static final String METHOD = " sasl_method=";
    private static final String USER = " sasl_username=";
    private static final String SENDER = " sasl_sender=";

    private final String text;
    private final int from;
    private final int to;
    private final int protocol;
    private final int helo;

    private Envelope(String text) {
        this.text = text;
        from = text.indexOf(FROM);
        to = text.indexOf(TO);
        protocol = text.indexOf(PROTOCOL);
        helo = text.indexOf(HELO);
    }

    /**
     * Puts what the end says into the event; the text before it is returned.
     *
     * @param recipientKnown false at a command before which no recipient can have been named: then a recipient is part of
     *     something else
     */
    static String split(String text, Event.Builder event, boolean recipientKnown) {
        int begin = begin(text);
        if (begin < 0) {
            return text;
        }
        Envelope envelope = new Envelope(text);
        if (envelope.isOrdered(begin) && (recipientKnown || envelope.to < 0)) {
            envelope.put(event);
        }
        return text.substring(0, begin);
    }

    /** As {@link #split} for mail that no client brought, or a line that says only from whom to whom. */
    static void splitAddresses(String text, Event.Builder event) {
        Envelope envelope = new Envelope(text);
        if (envelope.isOrdered(0) && envelope.protocol < 0 && envelope.helo < 0) {
            envelope.put(event);
        }
    }

    private static int begin(String text) {
        for (String mark : new String[] {FROM, ";" + TO, ";" + PROTOCOL}) {
            int at = text.lastIndexOf(mark);
            if (at >= 0) {
                return at;
            }
        }
        return -1;
    }

    /** Whether each part that is there stands once, behind the text before the envelope, and in its place. */
    private boolean isOrdered(int begin) {
        int last = begin - 1;
        int[] places = {from, to, protocol, helo};
        String[] marks = {FROM, TO, PROTOCOL, HELO};
        for (int part = 0; part < places.length; part++) {
            if (places[part] >= 0) {
                if (places[part] < last || text.indexOf(marks[part], places[part] + 1) >= 0) {
                    return false;
                }
                last = places[part];
            }
        }
        return true;
    }

    private void put(Event.Builder event) {
        String sender = from < 0 ? "" : value(from + FROM.length(), to >= 0 ? to : protocol);
        String recipient = to < 0 ? "" : value(to + TO.length(), protocol);
        if (!isWhole(sender) || !isWhole(recipient)) {
            return;
        }
        if (from >= 0) {
            event.put(Field.SENDER, sender);
        }
        if (to >= 0) {
            event.put(Field.RECIPIENT, recipient);
        }
        if (protocol >= 0) {
            event.put(Field.PROTOCOL, word(protocol + PROTOCOL.length()));
        }
        int end = helo < 0 ? protocol : text.indexOf('>', helo);
        if (helo >= 0 && end >= 0) {
            event.put(Field.HELO, text.substring(helo + HELO.length(), end));
        }
        if (protocol >= 0 && end >= 0 && event.has(Field.SERVICE)) {
            putLogin(end, event);
        }
    }

    /** What stands before the bracket that closes it: the one before the next part, or before the line's end or {@code : }. */
    private String value(int start, int next) {
        int end = next;
        if (next < 0) {
            int said = text.indexOf(">: ", start);
            end = said < 0 ? text.length() : said + 1;
        } else if (text.charAt(next - 1) == ',') {
            end = next - 1;
        }
        boolean closed = end > start && text.charAt(end - 1) == '>';
        return closed ? text.substring(start, end - 1) : text.substring(start, Math.max(start, end));
    }

    /** Postfix quotes a local part that holds a blank or a bracket (3.5 on), so that a cut address shows an open quote. */
    private static boolean isWhole(String address) {
        if (!address.startsWith("\"")) {
            return true;
        }
        int at = 1;
        while (at < address.length() && address.charAt(at) != '"') {
            at += address.charAt(at) == '\\' ? 2 : 1;
        }
        return at == address.length() - 1 || (at < address.length() && address.charAt(at + 1) == '@');
    }

    private String word(int start) {
        int end = start;
        while (end < text.length() && " ,:".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return text.substring(start, end);
    }

    private void putLogin(int behind, Event.Builder event) {
        int method = only(METHOD, behind);
        int user = only(USER, behind);
        if (method >= 0 && user > method) {
            event.put(Field.AUTH_MECHANISM, text.substring(method + METHOD.length(), user));
        }
        if (user >= 0) {
            event.put(Field.ACCOUNT, account(user + USER.length()));
        }
    }

    /** Where the mark stands, behind that place; -1 when it does not, or more than once in the line. */
    private int only(String mark, int behind) {
        int at = text.indexOf(mark);
        return at >= behind && text.indexOf(mark, at + 1) < 0 ? at : -1;
    }

    private String account(int start) {
        if (text.startsWith("<", start) && text.endsWith(">")) {
            return text.substring(start + 1, text.length() - 1);
        }
        int sender = text.lastIndexOf(SENDER);
        return text.substring(start, sender < start ? text.length() : sender);
    }
}
