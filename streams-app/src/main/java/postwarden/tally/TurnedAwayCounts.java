package postwarden.tally;

import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.LocalAddress;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.event.Stage;
import postwarden.event.Status;

/**
 * What a destination will not take, whatever its words: of which mail, and from how many. What blames the recipient or the message
 * says nothing of who sends, and greylisting takes the mail when it comes again.
 */
final class TurnedAwayCounts {
    private static final int REFUSED = 400;

    private TurnedAwayCounts() {}

    /** @param event a delivery to elsewhere */
    static void delivery(Event event, Tally destination) {
        if (event.has(Field.AMBIGUOUS) || event.has(Field.SAME_CONNECTION) || Remote.isNotTried(event)) {
            return;
        }
        boolean first = event.number(Field.ATTEMPT, 0) == 1;
        boolean turnedAway = isTurnedAway(event);
        if (turnedAway && !RelayCounts.isThrottled(event)) {
            counted(event, destination);
        }
        if (first && turnedAway) {
            destination.add(Count.FIRST_TURNED_AWAY, 1).note(Distinct.TURNED_AWAY_SENDERS, whose(event));
        } else if (first && event.says(Field.STATUS, Status.SENT)) {
            destination.add(Count.FIRST_TAKEN, 1).note(Distinct.TAKEN_SENDERS, whose(event));
        }
    }

    private static void counted(Event event, Tally destination) {
        destination.add(Count.TURNED_AWAY, 1, event);
        switch (event.reason()) {
            case SENDER_AUTHENTICATION, HELO_REJECTED -> destination.add(Count.TURNED_AWAY_FOR_NAMES, 1);
            case REPUTATION, BLOCKLISTED -> destination.add(Count.TURNED_AWAY_FOR_REPUTATION, 1);
            default -> destination.add(Count.TURNED_AWAY_FOR_REPUTATION, isBeforeMail(event) ? 1 : 0);
        }
    }

    /** Nothing is known then but the address and its name, so it is one of them that is not wanted. */
    private static boolean isBeforeMail(Event event) {
        return event.reason() == Reason.ACCESS_DENIED
                && (event.says(Field.STAGE, Stage.CONNECT)
                        || event.says(Field.STAGE, Stage.GREETING)
                        || event.says(Field.STAGE, Stage.HELO));
    }

    private static boolean isTurnedAway(Event event) {
        boolean failed = event.says(Field.STATUS, Status.DEFERRED) || event.says(Field.STATUS, Status.BOUNCED);
        return failed
                && !event.says(Field.ORIGIN, Origin.LOCAL)
                && event.number(Field.REPLY_CODE, 0) >= REFUSED
                && blamesWhoSends(event.reason());
    }

    private static boolean blamesWhoSends(Reason reason) {
        return switch (reason) {
            case UNKNOWN_RECIPIENT,
                    MAILBOX_FULL,
                    MAILBOX_DISABLED,
                    SPAM,
                    VIRUS,
                    MESSAGE_TOO_LARGE,
                    TOO_MANY_MESSAGES_IN_CONNECTION,
                    SYNTAX,
                    MAIL_LOOP,
                    GREYLISTED,
                    DNS_NOT_FOUND,
                    DNS_TEMPORARY,
                    CONNECTION_REFUSED,
                    CONNECTION_TIMED_OUT,
                    TIMED_OUT,
                    CONNECTION_LOST,
                    NETWORK_UNREACHABLE,
                    NOT_TRIED,
                    ACCOUNT_LIMIT -> false;
            case TOO_MANY_CONNECTIONS,
                    RATE_LIMITED,
                    SERVICE_UNAVAILABLE,
                    OVERLOADED,
                    INSUFFICIENT_STORAGE,
                    TEMPORARY_ERROR,
                    SERVER_CONFIGURATION,
                    TOO_MANY_ERRORS,
                    REPUTATION,
                    BLOCKLISTED,
                    SENDER_AUTHENTICATION,
                    SENDER_REJECTED,
                    HELO_REJECTED,
                    RELAY_DENIED,
                    ACCESS_DENIED,
                    AUTHENTICATION,
                    TLS,
                    UNKNOWN -> true;
        };
    }

    /**
     * The account, else the sender; an address made for one recipient (VERP) stands for the list that made it. Behind one machine
     * that needs no login may be a whole office.
     */
    private static String whose(Event event) {
        String account = Addresses.account(event);
        if (!account.isEmpty() && !LocalAddress.isAccount(account)) {
            return account;
        }
        String sender = Addresses.sender(event);
        int at = sender.lastIndexOf('@');
        boolean made = at > 0 && (sender.lastIndexOf('=', at) >= 0 || sender.lastIndexOf('+', at) >= 0);
        return made ? sender.substring(at) : sender;
    }
}
