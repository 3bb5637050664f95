package postwarden.parse.dovecot;

import java.util.EnumSet;
import java.util.Set;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.parse.rule.Addresses;

/**
 * What Dovecot's login processes write of the client behind a message: {@code user=<…>, method=PLAIN, rip=…, lip=…,
 * mpid=…, TLS, session=<…>} in the order of {@code login_log_format_elements} (client_get_log_str, 2.2 to 2.4).
 *
 * <p>The user is a stranger's text in which only control characters are replaced, so it may hold all of this too. The
 * elements are therefore read from the left up to it and from the right down to the bracket that closes it; each may come
 * once. A TLS error may quote the client's certificate: where it could be what says the address, nobody is named.
 */
final class LoginElements {
    /** What a client's part may begin with; old versions leave the user out where there is none. */
    private static final String[] BEGINNINGS = {
        ": user=", ": method=", ": rip=", ": lip=", ": session=<", ": service=", ": rport=", ": lport="
    };

    private static final String SEPARATOR = ", ";
    private static final String CIPHER = " with cipher ";
    private static final String USER = "user=<";
    /** A user for whom an administrator has configured no brackets: where that ends is not certain. */
    private static final String BARE_USER = "user=";
    /** Longest user in bytes, and the three dots behind one that was cut (get_var_expand_users). */
    private static final int LONGEST_USER = 83;

    /**
     * Longest line that no logging system cuts (RFC 3164, section 4.1: 1024 bytes with stamp, host and tag). The last
     * element of a longer one, which only a certificate can make so long, need not be Dovecot's.
     */
    private static final int SAFE_LENGTH = 900;

    private enum Element {
        METHOD,
        RIP,
        LIP,
        SESSION,
        TLS,
        OTHER
    }

    private final String text;
    private final Event.Builder event;
    private final Set<Element> seen = EnumSet.noneOf(Element.class);
    private final boolean lenient;
    private String account = "";
    private String method = "";
    private String clientIp = "";
    private String serverIp = "";
    private String session = "";
    private String tls = "";
    private String cipher = "";
    private boolean certain;
    /** Whether an address stands right of where is read. */
    private boolean behindAddress;

    private LoginElements(String text, boolean whole, Event.Builder event) {
        this.text = text;
        certain = whole;
        this.event = event;
        int first = text.indexOf("rip=");
        // Words that no version is known to write are let pass where they cannot have brought a second address along.
        lenient = first >= 0 && text.indexOf("rip=", first + 1) < 0;
    }

    /** Where the client's part begins, the colon before it included; -1 when there is none. */
    static int start(String text, int from) {
        int start = -1;
        for (String beginning : BEGINNINGS) {
            int found = text.indexOf(beginning, from);
            start = found >= 0 && (start < 0 || found < start) ? found : start;
        }
        return start;
    }

    /** Reads the elements behind the colon at an index into the event; says that it is ambiguous where it is. */
    static void read(String text, int start, Event.Builder event) {
        new LoginElements(text.substring(start + 2), text.length() <= SAFE_LENGTH, event).read();
    }

    private void read() {
        int user = left();
        if (user >= 0) {
            right(user);
        }
        if (!certain) {
            event.put(Field.AMBIGUOUS, true);
            return;
        }
        put(Field.CLIENT_IP, clientIp);
        put(Field.SERVER_IP, serverIp);
        put(Field.ACCOUNT, account);
        put(Field.AUTH_MECHANISM, method);
        put(Field.SESSION, session);
        put(Field.TLS_VERSION, tls);
        put(Field.CIPHER, cipher);
    }

    private void put(Field field, String value) {
        if (!value.isEmpty()) {
            event.put(field, value);
        }
    }

    /** Reads up to the user; where it begins, or -1 when there is none. */
    private int left() {
        int at = 0;
        while (at < text.length() && certain) {
            if (text.startsWith(USER, at)) {
                return at + USER.length();
            }
            if (text.startsWith(BARE_USER, at)) {
                certain = false;
                return -1;
            }
            int end = text.indexOf(SEPARATOR, at);
            certain = element(text.substring(at, end < 0 ? text.length() : end)) || lenient;
            at = end < 0 ? text.length() : end + SEPARATOR.length();
        }
        return -1;
    }

    /** Reads from the right down to the bracket that closes the user. */
    private void right(int user) {
        int end = text.length();
        while (certain) {
            int start = text.lastIndexOf(SEPARATOR, end - 1);
            if (start < user) {
                certain = text.startsWith(">", end - 1);
                user(user, end - 1);
                return;
            }
            String word = text.substring(start + SEPARATOR.length(), end);
            boolean closes = word.endsWith(">");
            boolean taken = closes ? word.startsWith("session=<") && session(word) : element(word);
            if (!taken && closes) {
                user(user, end - 1);
                return;
            }
            certain = taken || lenient;
            behindAddress |= word.startsWith("rip=") || word.startsWith("lip=");
            end = start;
        }
    }

    /** Puts what stands between the brackets; nobody where the text may be more than the user. */
    private void user(int from, int end) {
        if (end < from) {
            certain = false;
            return;
        }
        String user = text.substring(from, end);
        boolean quotesCertificate = user.contains(", rip=") && user.contains(", TLS");
        if (quotesCertificate || user.length() > LONGEST_USER) {
            certain = false;
        } else if (user.contains(">, ")) {
            // Either the user or the name of the mechanism, which a stranger chooses as well.
            method = "";
        } else if (!user.contains(": user=<")) {
            account = user;
        }
    }

    /** The session stands behind the addresses; one before them is part of a user. */
    private boolean session(String word) {
        return !behindAddress && element(word);
    }

    /** Takes one element; false when it is none, or one that came before. */
    private boolean element(String word) {
        Element element = kind(word);
        if (element == Element.OTHER) {
            return isKnown(word);
        }
        if (!seen.add(element) && element != Element.TLS) {
            return false;
        }
        // An error of TLS left of an address may be what holds that address.
        boolean quoted = element == Element.TLS && word.indexOf(':') >= 0 && seen.contains(Element.RIP) && !lenient;
        String value = word.substring(word.indexOf('=') + 1);
        switch (element) {
            case METHOD -> method = isMechanism(value) ? value : "";
            case RIP -> clientIp = Addresses.canonical(value);
            case LIP -> serverIp = Addresses.canonical(value);
            case SESSION -> session = value.substring(1, value.length() - 1);
            default -> tls(word);
        }
        boolean noAddress =
                (element == Element.RIP && clientIp.isEmpty()) || (element == Element.LIP && serverIp.isEmpty());
        return !noAddress && !quoted;
    }

    /** {@code TLS}, {@code TLS: error}, or {@code TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)}. */
    private void tls(String word) {
        int with = word.startsWith("TLSv") ? word.indexOf(CIPHER) : -1;
        if (with > 0) {
            tls = word.substring(0, with);
            int end = word.indexOf(' ', with + CIPHER.length());
            cipher = word.substring(with + CIPHER.length(), end < 0 ? word.length() : end);
            return;
        }
        boolean done = !word.startsWith("TLS handshaking");
        if (done && tls.isEmpty()) {
            tls = "TLS";
        }
    }

    private static Element kind(String word) {
        if (word.startsWith("rip=")) {
            return Element.RIP;
        }
        if (word.startsWith("lip=")) {
            return Element.LIP;
        }
        if (word.startsWith("method=")) {
            return Element.METHOD;
        }
        if (word.startsWith("session=<") && word.endsWith(">")) {
            return Element.SESSION;
        }
        // 2.4 writes TSL where TLS was ended before it.
        boolean tls = word.equals("TLS") || word.startsWith("TLS:") || word.startsWith("TLS handshaking");
        return tls || word.startsWith("TLSv") ? Element.TLS : Element.OTHER;
    }

    /** A mechanism's name by RFC 4422; a client may send anything, which Dovecot writes in upper case. */
    private static boolean isMechanism(String text) {
        return text.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_');
    }

    private static boolean isKnown(String word) {
        int equals = word.indexOf('=');
        return word.equals("secured")
                || word.equals("TSL")
                || word.equals("(proxied)")
                || (equals > 0 && isName(word, equals) && !word.startsWith("user="));
    }

    private static boolean isName(String word, int end) {
        for (int at = 0; at < end; at++) {
            char c = word.charAt(at);
            if ((c < 'a' || c > 'z') && c != '_') {
                return false;
            }
        }
        return true;
    }
}
