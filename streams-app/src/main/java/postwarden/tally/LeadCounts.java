package postwarden.tally;

import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.LocalAddress;
import postwarden.event.Reason;
import postwarden.event.Status;

/** Whose names are counted for a whole host: who sends, who is written to by strangers, and which message came before. */
final class LeadCounts {
    private static final String ARROW = " > ";
    /** Seconds before a first attempt from which a message waited for its turn: alone it is tried at once. */
    private static final double WAIT = 60;

    private LeadCounts() {}

    static void delivery(Event event, Tally server, boolean remote) {
        if (event.has(Field.AMBIGUOUS)) {
            return;
        }
        long number = number(event);
        if (remote) {
            sender(event, server, number);
        }
        String recipient = event.number(Field.ATTEMPT, 1) == 1 ? Addresses.recipient(event) : "";
        if (recipient.isEmpty()) {
            return;
        }
        if (isFromStranger(event)) {
            String domain = domain(Addresses.sender(event));
            server.lead(Lead.RECIPIENTS, recipient, recipient, number, domain);
        }
        if (!isHandedToFilter(event)) {
            pair(event, server, recipient, number);
        }
        if (event.has(Field.MESSAGE_ID) && !isHandedToFilter(event) && (remote || !isFromElsewhere(event))) {
            message(event, server, recipient, number);
        }
    }

    /** Whose mail it is that a client of ours passed on in vain. */
    static void behind(Event event, Tally tally, Watch watch) {
        String sender = Addresses.sender(event);
        boolean client = watch == Watch.ACCOUNT && LocalAddress.isAccount(event.text(Field.ACCOUNT, ""));
        if (client && !sender.isEmpty() && !event.has(Field.AMBIGUOUS)) {
            tally.lead(Lead.BEHIND, sender, sender, number(event), "");
        }
    }

    /** A number that is always the same for the same line. */
    static long number(Event event) {
        return event.time().toEpochMilli() * 31 + event.line().source().start();
    }

    private static void sender(Event event, Tally server, long number) {
        String account = Addresses.account(event);
        String name = account.isEmpty() ? Addresses.sender(event) : account;
        if (!name.isEmpty()) {
            server.lead(Lead.SENDERS, name, name, number, "");
            if (isTrouble(event)) {
                server.lead(Lead.TROUBLED, name, name, number, "");
            }
            if (event.number(Field.ATTEMPT, 0) == 1 && waited(event) >= WAIT) {
                server.lead(Lead.KEPT_WAITING, name, name, number, "");
            }
        }
    }

    /** Seconds before the attempt: Postfix says how long its queue manager had it, Exim how long it was there in all. */
    private static double waited(Event event) {
        double here = event.delay(1);
        return here >= 0
                ? here
                : event.decimal(Field.QUEUE_TIME, 0) - Math.max(0, event.decimal(Field.DELIVERY_TIME, 0));
    }

    private static boolean isTrouble(Event event) {
        return isRefused(event) || (event.says(Field.STATUS, Status.DEFERRED) && event.reason() != Reason.GREYLISTED);
    }

    private static void message(Event event, Tally server, String recipient, long number) {
        String sender = Addresses.sender(event);
        server.lead(
                Lead.MESSAGES,
                event.text(Field.MESSAGE_ID, "") + '\n' + recipient,
                (sender.isEmpty() ? "<>" : sender) + ARROW + recipient,
                number,
                "");
    }

    /** Programs that answer each other; who logs in from elsewhere to write is a person, and well-behaved answers have no sender (RFC 3834). */
    private static void pair(Event event, Tally server, String recipient, long number) {
        String sender = Addresses.sender(event);
        boolean login = event.has(Field.CLIENT_IP)
                && event.has(Field.ACCOUNT)
                && !LocalAddress.isAccount(event.text(Field.ACCOUNT, ""));
        if (!sender.isEmpty() && !login && !isRefused(event)) {
            server.lead(Lead.PAIRS, sender + '\n' + recipient, sender + ARROW + recipient, number, "");
        }
    }

    /** Not submitted by an account, a process or a machine of ours. */
    private static boolean isFromStranger(Event event) {
        String ip = event.text(Field.CLIENT_IP, "");
        return !ip.isEmpty() && !event.has(Field.ACCOUNT) && !LocalAddress.isPrivate(ip) && !isRefused(event);
    }

    /** What came from elsewhere and is put into a mailbox has arrived; if it leaves again, that is a delivery of its own. */
    private static boolean isFromElsewhere(Event event) {
        String ip = event.text(Field.CLIENT_IP, "");
        return !ip.isEmpty() && !LocalAddress.isLoopback(ip);
    }

    private static boolean isRefused(Event event) {
        return event.says(Field.STATUS, Status.BOUNCED);
    }

    /** A filter on this host gives the message back, and it is delivered once more: that is no circle. */
    private static boolean isHandedToFilter(Event event) {
        return LocalAddress.isLoopback(event.text(Field.RELAY_IP, ""))
                && !event.text(Field.TRANSPORT, "").contains("lmtp");
    }

    private static String domain(String sender) {
        return sender.isEmpty() ? "<>" : sender.substring(sender.lastIndexOf('@') + 1);
    }
}
