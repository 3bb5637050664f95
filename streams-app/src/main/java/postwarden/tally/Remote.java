package postwarden.tally;

import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.LocalAddress;
import postwarden.event.Reason;
import postwarden.event.Status;

/** Which deliveries go to another organisation's servers, and which of them reached for the network. */
final class Remote {
    private Remote() {}

    /** Whether the delivery is one over SMTP to somewhere else; LMTP, mailboxes, pipes and filters on this host are not. */
    static boolean isRemote(Event event) {
        if (LocalAddress.isLoopback(event.text(Field.RELAY_IP, ""))) {
            return false;
        }
        String transport = event.text(Field.TRANSPORT, "");
        return event.daemon() == Daemon.POSTFIX
                ? isRemotePostfix(event, transport)
                : isRemoteElsewhere(event, transport);
    }

    /** Whether no connection was tried: Postfix holds the destination for dead, or Exim's retry time has not come. */
    static boolean isNotTried(Event event) {
        return event.reason() == Reason.NOT_TRIED
                || event.text(Field.TRANSPORT, "").equals("error");
    }

    /** The error transport defers for a destination that is held for dead; what it bounces never left this host. */
    private static boolean isRemotePostfix(Event event, String transport) {
        return switch (transport) {
            case "smtp", "relay" -> true;
            case "error" -> event.says(Field.STATUS, Status.DEFERRED);
            default -> false;
        };
    }

    /** Whoever names a relay's address or an SMTP transport, as Exim does. */
    private static boolean isRemoteElsewhere(Event event, String transport) {
        if (transport.contains("lmtp")) {
            return false;
        }
        return event.has(Field.RELAY_IP)
                || transport.contains("smtp")
                || (event.has(Field.ROUTER) && isBeforeTransport(event.reason()));
    }

    /** Exim has no transport yet where the name of the other side did not resolve for now, or its retry time has not come. */
    private static boolean isBeforeTransport(Reason reason) {
        return reason == Reason.NOT_TRIED || reason == Reason.DNS_TEMPORARY;
    }
}
