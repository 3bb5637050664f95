package postwarden.parse.sendmail;

import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.parse.rule.Addresses;

/**
 * The other side as Sendmail writes it (8.18, daemon.c, getauthinfo): {@code host [192.0.2.1]},
 * {@code host [192.0.2.1] (may be forged)}, {@code [192.0.2.1]}, each perhaps behind {@code ident@}, whose ident Sendmail
 * strips of brackets, blanks and commas; {@code user@localhost} for what a local user submits.
 *
 * @param hostname as logged, also where it may be forged; without the dot that ends it in DNS; empty when none
 * @param ip canonical; empty when none
 * @param user the local user who submitted; empty when none
 * @param certain false where something stands there that Sendmail does not write
 */
record SendmailPeer(String hostname, String ip, String user, boolean certain) {
    private static final SendmailPeer UNCERTAIN = new SendmailPeer("", "", "", false);
    private static final String FORGED = " (may be forged)";

    /** Reads a slot from its first to its last character. */
    static SendmailPeer of(String slot) {
        String text = slot.endsWith(FORGED) ? slot.substring(0, slot.length() - FORGED.length()) : slot;
        int open = text.lastIndexOf('[');
        if (open < 0) {
            return withoutAddress(text);
        }
        String ip = text.endsWith("]") ? Addresses.canonical(text.substring(open + 1, text.length() - 1)) : "";
        String before = text.substring(0, open).strip();
        if (ip.isEmpty()) {
            // Cut at 100 characters, or a route of IP options: a name may be there, an address is not.
            return text.indexOf(']') >= 0 && !text.endsWith("]") ? UNCERTAIN : new SendmailPeer("", "", "", true);
        }
        String name = before.substring(before.lastIndexOf('@') + 1);
        boolean addressAgain = name.startsWith("[") && name.endsWith("]");
        if (!addressAgain && !isName(name)) {
            return UNCERTAIN;
        }
        return new SendmailPeer(addressAgain ? "" : withoutDot(name), ip, "", true);
    }

    /** A local user, this host itself, or a host whose address is not told. */
    private static SendmailPeer withoutAddress(String text) {
        int at = text.indexOf('@');
        String name = text.substring(at + 1);
        if (!isName(name) || (at >= 0 && text.substring(0, at).indexOf(' ') >= 0)) {
            return UNCERTAIN;
        }
        boolean local = name.equals("localhost") || name.startsWith("localhost.");
        return new SendmailPeer(local ? "" : withoutDot(name), "", local && at > 0 ? text.substring(0, at) : "", true);
    }

    /** Puts it into the event as the client; an uncertain one as nobody. */
    boolean asClient(Event.Builder event) {
        if (!certain) {
            event.put(Field.AMBIGUOUS, true);
            return false;
        }
        put(event, Field.CLIENT_IP, ip);
        put(event, Field.CLIENT_HOSTNAME, hostname);
        return true;
    }

    /** Puts it into the event as the host that mail is sent to. */
    void asRelay(Event.Builder event) {
        if (certain) {
            put(event, Field.RELAY_IP, ip);
            put(event, Field.RELAY_HOST, hostname);
        }
    }

    private static void put(Event.Builder event, Field field, String value) {
        if (!value.isEmpty()) {
            event.put(field, value);
        }
    }

    private static boolean isName(String name) {
        return name.chars().allMatch(c -> (Character.isLetterOrDigit(c) && c < 128) || ".-_:".indexOf(c) >= 0);
    }

    private static String withoutDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
