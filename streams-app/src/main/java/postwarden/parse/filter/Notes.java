package postwarden.parse.filter;

import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.parse.rule.Addresses;
import postwarden.parse.rule.Rule;

/** What filters say in common ways: a line of no further interest, a verdict, a client. */
final class Notes {
    private Notes() {}

    /** A line that is known by its prefix and says no more than its text. */
    static Rule.Reading text(Kind kind) {
        return (cursor, event) -> {
            event.kind(kind).put(Field.TEXT, event.line().message());
            return true;
        };
    }

    /** A line that begins in one of these ways and says no more than its text. */
    static Rule.Reading beginning(Kind kind, String... beginnings) {
        return (cursor, event) -> {
            for (String beginning : beginnings) {
                if (cursor.sees(beginning)) {
                    return text(kind).read(cursor, event);
                }
            }
            return false;
        };
    }

    /** A line in which one of these stands somewhere, and that says no more than its text. */
    static Rule.Reading containing(Kind kind, String... parts) {
        return (cursor, event) -> {
            for (String part : parts) {
                if (cursor.ahead(part)) {
                    return text(kind).read(cursor, event);
                }
            }
            return false;
        };
    }

    /**
     * Any line in which none of these stands: free text about the filter itself. A line in which one of them stands and that no
     * rule read is a new form of what matters, and stays unrecognised.
     */
    static Rule.Reading without(String... marks) {
        return (cursor, event) -> {
            for (String mark : marks) {
                if (cursor.ahead(mark)) {
                    return false;
                }
            }
            return text(Kind.OTHER).read(cursor, event);
        };
    }

    /** The filter found against the message, or asks to wait. */
    static void verdict(Event.Builder event, Kind kind, Reason reason) {
        event.kind(kind).put(Field.ORIGIN, Origin.POLICY_SERVICE).put(Field.REASON, reason);
    }

    /** The filter let the message pass, in its own words for that. */
    static void passed(Event.Builder event, String words) {
        event.kind(Kind.OTHER).put(Field.TEXT, words);
    }

    /** Puts the client's address, if it is one, with or without the length of its prefix; answers whether it is. */
    static boolean client(Event.Builder event, String text) {
        boolean single = text.endsWith("/32") || text.endsWith("/128");
        String ip = Addresses.canonical(single ? text.substring(0, text.lastIndexOf('/')) : text);
        if (!ip.isEmpty()) {
            event.put(Field.CLIENT_IP, ip);
        }
        return !ip.isEmpty();
    }

    /** Puts a host name, unless the mail daemon had none to tell. */
    static void hostname(Event.Builder event, String name) {
        if (!name.isEmpty()
                && !name.equals("unknown")
                && Addresses.canonical(name).isEmpty()) {
            event.put(Field.CLIENT_HOSTNAME, name);
        }
    }

    /** Puts the queue id of the mail daemon, unless it had none yet. */
    static void queueId(Event.Builder event, String id) {
        if (QueueId.isOne(id)) {
            event.put(Field.QUEUE_ID, id);
        }
    }

    /** Whether an address holds nothing that could be a frame of the daemon's: quoted local parts may hold anything. */
    static boolean isPlain(String address) {
        for (int at = 0; at < address.length(); at++) {
            if (" <>\"(),;[]\\".indexOf(address.charAt(at)) >= 0) {
                return false;
            }
        }
        return true;
    }
}
