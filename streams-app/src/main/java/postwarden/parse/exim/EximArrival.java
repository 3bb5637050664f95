package postwarden.parse.exim;

import java.util.Optional;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.parse.rule.Cursor;

/**
 * Reads one arrival line of Exim (receive.c, 4.94 to 4.100): {@code <= sender R=bounced H=client U=ident P=protocol
 * X=cipher DN="…" A=authenticator:account S=size id=… T="subject" from <…> for …}.
 *
 * <p>Who it was stands before {@code id=}, where strangers' text begins. A client certificate's name ({@code DN=}), in
 * which Exim hides no quote, and an ident ({@code U=} beside {@code H=}) may stand earlier; so a second client, protocol or
 * login names nobody.
 */
final class EximArrival {
    /** What can stand behind the account before the size: individual responses and chunking were used. */
    private static final String[] BEHIND_LOGIN = {" K", " PRDR"};

    private final Cursor cursor;
    private final Event.Builder event;
    private Optional<EximPeer> client = Optional.empty();
    private String protocol = "";
    private String login = "";
    private String user = "";
    private boolean clientSeen;
    private boolean identSeen;
    private boolean userSeen;
    private boolean bounce;
    private boolean doubtful;

    private EximArrival(Cursor cursor, Event.Builder event) {
        this.cursor = cursor;
        this.event = event;
    }

    /** Reads what stands behind {@code <= }. */
    static boolean read(Cursor cursor, Event.Builder event) {
        EximArrival arrival = new EximArrival(cursor, event);
        event.kind(Kind.RECEIVED);
        EximText.address(cursor, event, Field.SENDER);
        while (cursor.take(' ') && !isStrangersText(cursor)) {
            arrival.field();
        }
        new EximWords(cursor, event).read();
        arrival.actors();
        return true;
    }

    /** Whether the message's own words begin here, or the raw envelope behind them. */
    private static boolean isStrangersText(Cursor cursor) {
        return cursor.sees("id=")
                || cursor.sees("id*=")
                || cursor.sees("T=\"")
                || cursor.sees("from <")
                || cursor.sees("for ");
    }

    /** Puts {@code authenticator:account:sender} into the event; the sender is what MAIL's AUTH said. */
    static void login(String words, Event.Builder event) {
        int colon = words.indexOf(':');
        if (colon < 0) {
            event.put(Field.AUTH_MECHANISM, words);
            return;
        }
        int behind = words.indexOf(':', colon + 1);
        String account = words.substring(colon + 1, behind < 0 ? words.length() : behind);
        event.put(Field.AUTH_MECHANISM, words.substring(0, colon)).put(Field.ACCOUNT, EximText.unprinted(account));
    }

    private void field() {
        if (cursor.sees("H=") || cursor.sees("DS H=")) {
            client();
        } else if (cursor.take("R=")) {
            cursor.word();
            bounce = true;
        } else if (cursor.take("U=")) {
            user = cursor.word();
            userSeen = true;
        } else if (cursor.take("P=")) {
            doubtful |= !protocol.isEmpty();
            protocol = cursor.word();
            // An ident may hold what looks like all that follows; the true protocol would stand behind the forged one.
            doubtful |= identSeen && cursor.ahead(" P=");
        } else if (cursor.take("A=")) {
            doubtful |= !login.isEmpty();
            login = login();
        } else if (cursor.take("X=")) {
            EximTls.put(cursor.word(), event);
        } else if (cursor.take("DN=")) {
            EximText.quoted(cursor);
            // The name may hold what looks like its end; the true login would stand behind the forged one.
            doubtful |= cursor.text().indexOf("\" A=", cursor.at()) >= 0;
        } else if (cursor.take("S=")) {
            EximText.count(cursor, event, Field.SIZE);
            cursor.word();
        } else {
            cursor.word();
        }
    }

    /** Up to the size, because an account may hold a space. */
    private String login() {
        int size = cursor.text().indexOf(" S=", cursor.at());
        int end = size < 0 ? cursor.at() + cursor.text().substring(cursor.at()).indexOf(' ') : size;
        if (end < cursor.at()) {
            return cursor.rest();
        }
        String words = cursor.text().substring(cursor.at(), end);
        cursor.moveTo(end);
        for (String behind : BEHIND_LOGIN) {
            words = words.endsWith(behind) ? words.substring(0, words.length() - behind.length()) : words;
        }
        return words;
    }

    /** Reads the client; only once, so that a line full of clients is still read in one pass. */
    private void client() {
        // Exim names the client once, and before the user.
        doubtful |= clientSeen || userSeen;
        if (!clientSeen) {
            int start = cursor.at();
            client = EximPeer.read(cursor);
            identSeen = cursor.text().substring(start, cursor.at()).contains(" U=");
        }
        if (clientSeen || client.isEmpty()) {
            cursor.word();
        }
        clientSeen = true;
    }

    private void actors() {
        if (doubtful || (client.isPresent() && !client.get().certain())) {
            event.put(Field.AMBIGUOUS, true);
            return;
        }
        if (!protocol.isEmpty()) {
            event.put(Field.PROTOCOL, protocol);
        }
        client.ifPresent(peer -> peer.putInto(event));
        // Exim ends the protocol's name with an a where the session is authenticated: esmtpa, esmtpsa.
        if (!login.isEmpty() && protocol.endsWith("a")) {
            login(login, event);
        } else if (client.isEmpty() && !clientSeen && !bounce && !user.isEmpty()) {
            event.put(Field.ACCOUNT, user);
        }
    }
}
