package postwarden.parse.exim;

import postwarden.event.Event;
import postwarden.event.Field;

/**
 * Counts the commands that a session's {@code C=EHLO,QUIT} names: the last twenty, done or not; {@code ...} stands for
 * those before (s_connhad_log in smtp_in.c, 4.94 to 4.100).
 */
final class EximCommands {
    private static final String BEFORE = "...";

    private EximCommands() {}

    static void put(String list, Event.Builder event) {
        boolean cut = list.startsWith(BEFORE);
        String[] names = (cut ? list.substring(BEFORE.length()) : list).split(",", -1);
        event.put(Field.COMMANDS, Integer.toString(names.length));
        count(event, Field.EHLO, names, "EHLO", "HELO");
        count(event, Field.AUTH, names, "AUTH", "AUTH");
        count(event, Field.MAIL, names, "MAIL", "MAIL");
        count(event, Field.RCPT, names, "RCPT", "RCPT");
        count(event, Field.DATA, names, "DATA", "BDAT");
        count(event, Field.QUIT, names, "QUIT", "QUIT");
        if (cut) {
            event.put(Field.LOWER_BOUND, true);
        }
    }

    private static void count(Event.Builder event, Field field, String[] names, String one, String other) {
        int count = 0;
        for (String name : names) {
            count += name.equals(one) || name.equals(other) ? 1 : 0;
        }
        if (count > 0) {
            event.put(field, Integer.toString(count));
        }
    }
}
