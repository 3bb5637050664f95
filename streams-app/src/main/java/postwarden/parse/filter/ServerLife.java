package postwarden.parse.filter;

import postwarden.event.Event;
import postwarden.event.Kind;
import postwarden.parse.rule.Cursor;

/** Begin and end of a Perl daemon, as Net::Server 2.0 writes them for postgrey, sqlgrey, amavis and postfwd. */
final class ServerLife {
    private static final String[] BEGINNINGS = {
        "Process Backgrounded",
        "Binding to ",
        "Binding open file ",
        "Setting gid to ",
        "Setting uid to ",
        "Group Not Defined.",
        "User Not Defined.",
        "Resolved [",
        "Port Not Defined.",
        "Server closing!",
        "Starting \"",
        "Beginning prefork",
        "Child Preforked",
        "Couldn't become user ",
        "Killing a single child",
        "Kill TERM children",
        "Sig HUP received",
        "Setting up serialization",
        "Exiting!",
        "HUP received"
    };

    private ServerLife() {}

    static boolean read(Cursor cursor, Event.Builder event) {
        String text = cursor.text();
        // 2026/11/21-08:16:24 postgrey (type Net::Server::Multiplex) starting! pid(81)
        boolean dated = text.length() > 20 && text.charAt(4) == '/' && text.charAt(7) == '/' && text.charAt(10) == '-';
        if (dated && (text.contains(" (type Net::Server") || text.contains("Server closing!"))) {
            return Notes.text(Kind.LIFECYCLE).read(cursor, event);
        }
        return Notes.beginning(Kind.LIFECYCLE, BEGINNINGS).read(cursor, event);
    }
}
