package postwarden.parse.exim;

import java.util.Optional;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.parse.rule.Cursor;

/**
 * Reads one arrival line of Exim: {@code <= sender H=client P=protocol A=authenticator:account S=size id=… T="subject"
 * from <…> for …}.
 *
 * <p>Who it was stands before {@code id=}, where strangers' text begins. A client certificate's name ({@code DN=}) and an
 * ident ({@code U=} beside {@code H=}) may stand earlier; so a second client, protocol or login names nobody.
 */
final class EximArrival {
    private final Cursor cursor;
    private final Event.Builder event;
    private Optional<EximPeer> client = Optional.empty();
    private String protocol = "";
    private String login = "";
    private String user = "";
    private boolean clientSeen;
    private boolean bounce;
    private boolean doubtful;

    private EximArrival(Cursor cursor, Event.Builder event) {
        this.cursor = cursor;
        this.event = event;
    }

    /** Reads what stands behind {@code <= }. */
    static boolean read(Cursor cursor, Event.Builder event) {
        EximArrival arrival = new EximArrival(cursor, event);
        event.kind(Kind.RECEIVED).put(Field.SENDER, EximText.address(cursor));
        while (cursor.take(' ') && !cursor.sees("id=") && !cursor.sees("T=\"") && !arrival.envelope()) {
            arrival.field();
        }
        arrival.free();
        arrival.actors();
        return true;
    }

    /** Puts {@code authenticator:account} into the event. */
    static void login(String words, Event.Builder event) {
        int colon = words.indexOf(':');
        if (colon < 0) {
            event.put(Field.AUTH_MECHANISM, words);
            return;
        }
        int behind = words.indexOf(':', colon + 1);
        event.put(Field.AUTH_MECHANISM, words.substring(0, colon))
                .put(Field.ACCOUNT, words.substring(colon + 1, behind < 0 ? words.length() : behind));
    }

    private void field() {
        if (cursor.sees("H=")) {
            client();
        } else if (cursor.take("R=")) {
            cursor.word();
            bounce = true;
        } else if (cursor.take("U=")) {
            user = cursor.word();
        } else if (cursor.take("P=")) {
            doubtful |= !protocol.isEmpty();
            protocol = cursor.word();
        } else if (cursor.take("A=")) {
            doubtful |= !login.isEmpty();
            login = cursor.word();
        } else if (cursor.take("X=")) {
            EximSessions.tls(cursor.word(), event);
        } else if (cursor.take("DN=")) {
            EximText.quoted(cursor);
        } else if (cursor.take("S=")) {
            event.put(Field.SIZE, Math.max(0, cursor.number()));
        } else {
            cursor.word();
        }
    }

    /** Reads the client; only once, so that a line full of clients is still read in one pass. */
    private void client() {
        doubtful |= clientSeen;
        if (!clientSeen) {
            client = EximPeer.read(cursor);
        }
        if (clientSeen || client.isEmpty()) {
            cursor.word();
        }
        clientSeen = true;
    }

    /** Whether the part behind the message's own words begins here: {@code from <} or {@code for }. */
    private boolean envelope() {
        return cursor.sees("from <") || cursor.sees("for ");
    }

    private void free() {
        boolean more = !cursor.atEnd();
        while (more) {
            if (cursor.take("id=")) {
                event.put(Field.MESSAGE_ID, cursor.word());
            } else if (cursor.take("T=\"")) {
                cursor.moveTo(cursor.at() - 1);
                event.put(Field.SUBJECT, EximText.quoted(cursor));
            } else if (cursor.take("for ")) {
                event.put(Field.RECIPIENT_COUNT, recipients());
            } else if (cursor.take("from ")) {
                EximText.address(cursor);
            } else {
                cursor.word();
            }
            more = cursor.take(' ');
        }
    }

    private int recipients() {
        int count = 1;
        EximText.address(cursor);
        while (cursor.take(' ')) {
            EximText.address(cursor);
            count++;
        }
        return count;
    }

    private void actors() {
        if (!protocol.isEmpty()) {
            event.put(Field.PROTOCOL, protocol);
        }
        if (doubtful || (client.isPresent() && !client.get().certain())) {
            event.put(Field.AMBIGUOUS, true);
            return;
        }
        client.ifPresent(peer -> peer.putInto(event));
        // Exim ends the protocol's name with an a where the session is authenticated: esmtpa, esmtpsa.
        if (!login.isEmpty() && protocol.endsWith("a")) {
            login(login, event);
        } else if (client.isEmpty() && !bounce && !user.isEmpty()) {
            event.put(Field.ACCOUNT, user);
        }
    }
}
