package postwarden.parse.exim;

import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.parse.rule.Cursor;

/**
 * Whom a delivery line of Exim's is about: {@code address (parent, …) <address that came in>}, where a local delivery may
 * say the local part only, a file or a pipe (string_log_address in deliver.c, 4.94 to 4.100).
 *
 * <p>Exim writes the local part without its quotes, so {@code "x R=y T=z"@example.com} looks like fields; but then the
 * address that came in stands behind it with its quotes. What stands before that must be the same address, or nobody is
 * named.
 *
 * @param recipient empty when there is none
 * @param original the address that came in where it is another; else empty
 * @param discarded whether the message was thrown away for this recipient
 * @param certain false where another could be meant
 */
record EximTarget(String recipient, String original, boolean discarded, boolean certain) {
    /** More quoted addresses than a line of Exim's own holds; a bound keeps reading linear. */
    private static final int MOST_QUOTED = 4;

    private static final EximTarget DOUBTFUL = new EximTarget("", "", false, false);

    /** Reads it and moves behind it. */
    static EximTarget read(Cursor cursor) {
        char first = cursor.peek();
        if (first == '|' || first == '/' || first == '>' || cursor.sees("save ")) {
            return local(cursor);
        }
        return address(cursor);
    }

    void putInto(Event.Builder event) {
        if (!recipient.isEmpty()) {
            event.put(Field.RECIPIENT, recipient);
        }
        if (!original.isEmpty() && !original.equals(recipient)) {
            event.put(Field.ORIGINAL_RECIPIENT, original);
        }
    }

    /** Where {@code  <"quoted"@domain>} begins, or -1. */
    private static int quotedIncoming(String text, int from) {
        for (int at = text.indexOf(" <", from); at >= 0; at = text.indexOf(" <", at + 1)) {
            int end = at + 2;
            while (end < text.length() && " >\"<".indexOf(text.charAt(end)) < 0) {
                end++;
            }
            if (end < text.length() && text.charAt(end) == '"') {
                return at;
            }
        }
        return -1;
    }

    private static EximTarget plain(Cursor cursor) {
        String address = EximText.address(cursor);
        String parent = parent(cursor);
        String incoming = incoming(cursor);
        boolean discarded = address.equals(":blackhole:") || address.equals("blackhole");
        if (address.indexOf('@') >= 0) {
            return new EximTarget(address, incoming, discarded, true);
        }
        String whole = parent.isEmpty() ? incoming : parent;
        String nobody = discarded ? "" : address;
        return new EximTarget(whole.isEmpty() ? nobody : whole, incoming, discarded, true);
    }

    /** An address, which Exim writes without quotes; so each quoted address behind it is compared with what stands before. */
    private static EximTarget address(Cursor cursor) {
        int start = cursor.at();
        int at = quotedIncoming(cursor.text(), start);
        int end = -1;
        String same = "";
        for (int count = 0; at >= 0; count++) {
            cursor.moveTo(at + 1);
            String incoming = EximText.address(cursor);
            if (isSame(cursor.text().substring(start, at), incoming)) {
                if (end >= 0 || count >= MOST_QUOTED) {
                    return DOUBTFUL;
                }
                end = cursor.at();
                same = incoming;
            }
            at = count < MOST_QUOTED ? quotedIncoming(cursor.text(), at + 1) : -1;
        }
        cursor.moveTo(end < 0 ? start : end);
        return end < 0 ? plain(cursor) : new EximTarget(same, "", false, true);
    }

    /** Whether an address is what stands before it, in any case, whole or as its local part; a prefix may be taken off. */
    private static boolean isSame(String before, String incoming) {
        int domain = incoming.lastIndexOf('@');
        String local = withoutQuotes(domain < 0 ? incoming : incoming.substring(0, domain));
        String whole = domain < 0 ? local : local + incoming.substring(domain);
        return endsWith(local, before) || endsWith(whole, before);
    }

    private static boolean endsWith(String text, String end) {
        return text.regionMatches(true, text.length() - end.length(), end, 0, end.length());
    }

    /** What deliver_split_address() leaves of a local part. */
    private static String withoutQuotes(String local) {
        StringBuilder plain = new StringBuilder(local.length());
        for (int at = 0; at < local.length(); at++) {
            char c = local.charAt(at);
            boolean escape = c == '\\' && at + 1 < local.length();
            if (escape) {
                plain.append(local.charAt(++at));
            } else if (c != '"') {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    /** A file, a pipe or an automatic reply: whose it is stands behind, before the router. */
    private static EximTarget local(Cursor cursor) {
        String text = cursor.text();
        int start = cursor.at();
        int end = text.indexOf("> R=", start);
        if (end >= 0 && text.indexOf("> R=", end + 1) >= 0) {
            return DOUBTFUL;
        }
        int open = -1;
        int tried = 0;
        for (int at = text.indexOf(" <", start); at >= 0 && at < end; at = text.indexOf(" <", at + 1)) {
            cursor.moveTo(at + 1);
            EximText.address(cursor);
            boolean whole = cursor.at() == end + 1;
            if ((whole && open >= 0) || ++tried > MOST_QUOTED) {
                return DOUBTFUL;
            }
            open = whole ? at : open;
        }
        cursor.moveTo(open < 0 ? start : open);
        return open < 0 ? withoutOwner(cursor) : owned(text.substring(start, open), incoming(cursor));
    }

    /** In brackets before the address that came in stand those that it led to, the nearest first. */
    private static EximTarget owned(String before, String incoming) {
        int parent = before.endsWith(")") ? before.lastIndexOf(" (") : -1;
        String owner = parent < 0 ? incoming : first(before.substring(parent + 2, before.length() - 1));
        return new EximTarget(owner.indexOf('@') < 0 ? incoming : owner, incoming, false, true);
    }

    private static EximTarget withoutOwner(Cursor cursor) {
        int router = cursor.text().indexOf(" R=", cursor.at());
        int transport = cursor.text().indexOf(" T=", cursor.at());
        int end = router < 0 ? transport : router;
        cursor.moveTo(end < 0 ? cursor.text().length() : end);
        return new EximTarget("", "", false, true);
    }

    /** The nearest of the addresses that this one comes from; empty when none is told. */
    private static String parent(Cursor cursor) {
        if (!cursor.sees(" (") || cursor.text().indexOf('@', cursor.at()) < 0) {
            return "";
        }
        int start = cursor.at();
        cursor.take(" (");
        String inside = cursor.upTo(')');
        if (inside.indexOf('@') < 0 || (inside.indexOf(' ') >= 0 && !inside.contains(", "))) {
            cursor.moveTo(start);
            return "";
        }
        return first(inside);
    }

    private static String first(String addresses) {
        int comma = addresses.indexOf(", ");
        return comma < 0 ? addresses : addresses.substring(0, comma);
    }

    private static String incoming(Cursor cursor) {
        if (!cursor.take(" <")) {
            return "";
        }
        cursor.moveTo(cursor.at() - 1);
        return EximText.address(cursor);
    }
}
