package postwarden.parse.exim;

import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.parse.rule.Cursor;

/**
 * Reads the end of an arrival line, which is strangers' text: {@code id=… T="subject" from <sender> for recipient …}
 * (receive.c and log.c, 4.94 to 4.100). Nothing of it names an actor.
 */
final class EximWords {
    private final Cursor cursor;
    private final Event.Builder event;

    EximWords(Cursor cursor, Event.Builder event) {
        this.cursor = cursor;
        this.event = event;
    }

    void read() {
        if (cursor.take("id=") || cursor.take("id*=")) {
            EximText.address(cursor, event, Field.MESSAGE_ID);
            cursor.take(' ');
        }
        // A message id may hold anything in quotes; so the last subject of several is the one that Exim wrote.
        int subject = cursor.text().lastIndexOf(" T=\"");
        if (subject >= cursor.at()) {
            cursor.moveTo(subject + 1);
        }
        if (cursor.take("T=")) {
            event.put(Field.SUBJECT, EximText.quoted(cursor));
            cursor.take(' ');
        }
        if (cursor.take("from ")) {
            EximText.address(cursor);
            cursor.take(' ');
        }
        if (cursor.take("for ")) {
            recipients();
        }
    }

    /** Counts the recipients; not where one has no domain, nor where syslog cut the list: those would be wrong counts. */
    private void recipients() {
        boolean whole = cursor.text().length() == event.line().message().length();
        int count = 0;
        do {
            whole &= EximText.address(cursor).indexOf('@') > 0;
            count++;
        } while (cursor.take(' '));
        if (whole && cursor.atEnd()) {
            event.put(Field.RECIPIENT_COUNT, count);
        }
    }
}
