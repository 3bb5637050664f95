package postwarden.tally;

import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.event.Status;

/**
 * What deliveries say of a host's own way out, and of its name with others. Only first attempts count: what is tried again is, most
 * of the time, what nobody will ever take, and at night there may be nothing else.
 */
final class EgressCounts {
    private EgressCounts() {}

    /** @param event a delivery to elsewhere */
    static void delivery(Event event, Tally server) {
        String domain = Addresses.recipientDomain(event);
        if (event.number(Field.ATTEMPT, 0) != 1 || event.has(Field.AMBIGUOUS) || domain.isEmpty()) {
            return;
        }
        if (isUnreached(event)) {
            server.add(Count.FIRST_UNREACHED, 1, event).note(Distinct.UNREACHED_DOMAINS, domain);
            if (event.reason() == Reason.NETWORK_UNREACHABLE) {
                server.add(Count.FIRST_WITHOUT_ROUTE, 1);
            }
            if (event.has(Field.RELAY_IP)) {
                String relay = event.text(Field.RELAY_IP, "");
                server.note(Distinct.RELAYS, relay).note(Distinct.UNREACHED_NETWORKS, network(relay));
            }
        } else if (isAnswered(event)) {
            server.add(Count.FIRST_REACHED, 1);
            if (isObjection(event)) {
                objected(event, server, domain);
            }
        }
    }

    /** The first half of an IPv4 address, the first two groups of an IPv6 one. */
    private static String network(String ip) {
        char separator = ip.indexOf(':') < 0 ? '.' : ':';
        int second = ip.indexOf(separator, ip.indexOf(separator) + 1);
        return second < 0 ? ip : ip.substring(0, second);
    }

    private static void objected(Event event, Tally server, String domain) {
        server.add(Count.OBJECTED, 1, event).note(Distinct.OBJECTING_DOMAINS, domain);
        if (event.reason() == Reason.BLOCKLISTED) {
            server.add(Count.OBJECTED_BY_LIST, 1);
        }
        String account = Addresses.account(event);
        String name = account.isEmpty() ? Addresses.sender(event) : account;
        if (!name.isEmpty()) {
            server.lead(Lead.OBJECTED, name, name, LeadCounts.number(event), domain);
        }
    }

    private static boolean isUnreached(Event event) {
        return event.says(Field.STATUS, Status.DEFERRED)
                && switch (event.reason()) {
                    case CONNECTION_TIMED_OUT,
                            TIMED_OUT,
                            CONNECTION_REFUSED,
                            CONNECTION_LOST,
                            NETWORK_UNREACHABLE,
                            DNS_TEMPORARY,
                            TLS -> true;
                    default -> false;
                };
    }

    /** A name that does not exist says nothing of the way, nor does what was not tried, or what this host itself refused. */
    private static boolean isAnswered(Event event) {
        return event.says(Field.STATUS, Status.SENT)
                || !(Remote.isNotTried(event)
                        || event.reason() == Reason.DNS_NOT_FOUND
                        || event.says(Field.ORIGIN, Origin.LOCAL));
    }

    private static boolean isObjection(Event event) {
        return !event.says(Field.STATUS, Status.SENT)
                && (event.reason() == Reason.REPUTATION || event.reason() == Reason.BLOCKLISTED);
    }
}
