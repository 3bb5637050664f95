package postwarden.parse.postfix;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Limit;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.parse.rule.Addresses;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/** Postfix's helpers: anvil, scache, verify, master and postfix-script (Postfix 3.7). */
final class PostfixServices {
    static final List<Rule> RULES = List.of(
            anvil("connection-rate", "max connection rate ", Limit.CLIENT_CONNECTION_RATE),
            anvil("connection-count", "max connection count ", Limit.CLIENT_CONCURRENCY),
            anvil("message-rate", "max message rate ", Limit.CLIENT_MESSAGE_RATE),
            anvil("recipient-rate", "max recipient rate ", Limit.CLIENT_RECIPIENT_RATE),
            anvil("tls-rate", "max newtls rate ", Limit.CLIENT_TLS_RATE),
            anvil("auth-rate", "max auth rate ", Limit.CLIENT_AUTH_RATE),
            new Rule("anvil/cache", "statistics: max cache size ", text(Kind.STATS)),
            new Rule("scache/start", "statistics: start interval ", text(Kind.STATS)),
            new Rule("scache/domain", "statistics: domain lookup ", text(Kind.STATS)),
            new Rule("scache/address", "statistics: address lookup ", text(Kind.STATS)),
            new Rule("scache/most", "statistics: max simultaneous ", text(Kind.STATS)),
            new Rule("verify/cache", "cache ", text(Kind.STATS)),
            new Rule("master/start", "daemon started -- version ", text(Kind.LIFECYCLE)),
            new Rule("master/reload", "reload ", text(Kind.LIFECYCLE)),
            new Rule("master/stop", "terminating on signal ", text(Kind.LIFECYCLE)),
            new Rule("master/exit", "master exit time has arrived", text(Kind.LIFECYCLE)),
            new Rule("script/start", "starting the Postfix mail system", text(Kind.LIFECYCLE)),
            new Rule("script/stop", "stopping the Postfix mail system", text(Kind.LIFECYCLE)),
            new Rule("script/refresh", "refreshing the Postfix mail system", text(Kind.LIFECYCLE)),
            new Rule("script/abort", "aborting the Postfix mail system", text(Kind.LIFECYCLE)),
            new Rule("script/forced", "warning: stopping the Postfix mail system", text(Kind.LIFECYCLE)),
            PostfixNotices.other("script/down", "the Postfix mail system is not running"),
            PostfixNotices.other("script/compatible", "Postfix is "),
            new Rule("master/compatible", "/", PostfixServices::compatible),
            PostfixNotices.other("script/see", "See http"),
            PostfixNotices.other("script/to-disable", "To disable backwards compatibility "),
            PostfixNotices.other("script/running", "the Postfix mail system is running: "),
            PostfixNotices.other("script/stopping", "waiting for the Postfix mail system to terminate"),
            PostfixNotices.error("script/already", "fatal: the Postfix mail system is already running"),
            PostfixNotices.error("script/not-running", "fatal: the Postfix mail system is not running"),
            new Rule("master/process-limit", "warning: service \"", PostfixServices::processLimit),
            PostfixNotices.warning("master/advice", "warning: to avoid this condition, ", Reason.OVERLOADED),
            PostfixNotices.warning("master/see", "warning: see http", Reason.UNKNOWN),
            PostfixNotices.error("master/process", "warning: process "),
            PostfixNotices.error("master/bad-startup", "warning: /usr/"),
            PostfixNotices.warning("script/owner", "warning: not owned by ", Reason.UNKNOWN),
            PostfixNotices.warning("script/writable", "warning: group or other writable: ", Reason.UNKNOWN),
            PostfixNotices.warning("script/symlink", "warning: symlink leaves directory: ", Reason.UNKNOWN),
            PostfixNotices.warning("script/missing", "warning: missing ", Reason.UNKNOWN));

    /** No service name and address are longer, in characters; bounds the search for the colon between them. */
    private static final int LONGEST_PAIR = 200;

    private PostfixServices() {}

    /** A reading that only keeps the text. */
    static Rule.Reading text(Kind kind) {
        return (cursor, event) -> {
            event.kind(kind).put(Field.TEXT, event.line().message());
            return true;
        };
    }

    /** {@code max connection rate 20/60s for (smtp:198.51.100.1) at …}: the peak of one client since the last report. */
    private static Rule anvil(String name, String words, Limit limit) {
        return new Rule("anvil/" + name, "statistics: " + words, (cursor, event) -> {
            event.kind(Kind.STATS)
                    .put(Field.OBSERVED, Math.max(0, cursor.number()))
                    .put(Field.LIMIT, limit)
                    .put(Field.TEXT, event.line().message());
            cursor.upTo(" for (");
            serviceAndClient(cursor.upTo(") at "), event);
            return true;
        });
    }

    /** A service may hold colons itself ({@code 127.0.0.1:10025}), an address too: the first cut that leaves an address. */
    private static void serviceAndClient(String pair, Event.Builder event) {
        int colon = pair.indexOf(':');
        while (colon >= 0) {
            String client = pair.substring(colon + 1);
            String ip = Addresses.canonical(client);
            if (!ip.isEmpty()) {
                event.put(Field.CLIENT_IP, ip);
            }
            // A client that was gone before it could be asked for its address.
            if (!ip.isEmpty() || client.equals("unknown")) {
                event.put(Field.SERVICE, PostfixProgram.serviceOf(pair.substring(0, colon)));
                return;
            }
            colon = pair.length() > LONGEST_PAIR ? -1 : pair.indexOf(':', colon + 1);
        }
    }

    /** {@code /etc/postfix/master.cf: line 12: using backwards-compatible default setting chroot=y}. */
    private static boolean compatible(Cursor cursor, Event.Builder event) {
        return cursor.ahead(": using backwards-compatible default setting ")
                && text(Kind.OTHER).read(cursor, event);
    }

    /**
     * {@code service "smtp" (25) has reached its process limit "100": new clients may experience noticeable delays}; said once in
     * 1000 seconds (master_avail.c).
     */
    private static boolean processLimit(Cursor cursor, Event.Builder event) {
        String service = cursor.upTo('"');
        cursor.upTo(')');
        if (!cursor.take(" has reached its process limit \"")) {
            return false;
        }
        event.kind(Kind.CONNECTION_LIMIT)
                .put(Field.SERVICE, PostfixProgram.serviceOf(service))
                .put(Field.LIMIT, Limit.SERVER_PROCESSES)
                .put(Field.LIMIT_VALUE, Math.max(0, cursor.number()))
                .put(Field.ORIGIN, Origin.LOCAL)
                .put(Field.REASON, Reason.OVERLOADED)
                .put(Field.LOWER_BOUND, true);
        return true;
    }
}
