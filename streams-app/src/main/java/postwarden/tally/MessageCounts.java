package postwarden.tally;

import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.LocalAddress;

/** Messages that were accepted, and the logins that only they tell of. */
public final class MessageCounts {
    /** Role of the names of clients that submitted messages as an account, by recipients. */
    public static final String SUBMITTED = "submitted:";

    private MessageCounts() {}

    static void message(Event event, Tally tally, Watch watch) {
        if (event.has(Field.LOGIN) && watch != Watch.SENDER) {
            LoginCounts.succeeded(event, tally, watch, 1);
        }
        if (event.has(Field.FIRST)) {
            accepted(event, tally, watch);
        }
    }

    /** Whether the message is sent by somebody of ours: a sender that a stranger chose is no entity. */
    static boolean isOurs(Event event) {
        String ip = event.text(Field.CLIENT_IP, "");
        return event.has(Field.ACCOUNT) || ip.isEmpty() || LocalAddress.isPrivate(ip);
    }

    private static void accepted(Event event, Tally tally, Watch watch) {
        if (watch == Watch.ACCOUNT) {
            tally.add(Count.MESSAGES, 1, event);
            account(event, tally);
        } else {
            tally.add(Count.MESSAGES, 1);
        }
        if (watch == Watch.SERVER) {
            deliverer(event, tally);
        }
        if (watch == Watch.SERVER && isOurs(event)) {
            String sender = Addresses.sender(event);
            if (!sender.isEmpty()) {
                tally.note(Distinct.SENDERS, sender);
            }
        }
        tally.add(Count.RECIPIENTS, Math.max(1, event.number(Field.RECIPIENT_COUNT, 1)));
        tally.add(Count.BYTES, Math.max(0, event.number(Field.SIZE, 0)));
        if (event.text(Field.SENDER, "?").isEmpty()) {
            tally.add(Count.NULL_SENDER_MESSAGES, 1);
        }
        if (isLocal(event)) {
            tally.add(Count.SCRIPT_MESSAGES, 1);
            if (event.has(Field.WORKING_DIRECTORY)) {
                String directory = event.text(Field.WORKING_DIRECTORY, "");
                tally.name("script:" + directory, 1);
                if (watch == Watch.ACCOUNT) {
                    tally.lead(Lead.SCRIPTS, directory, directory, LeadCounts.number(event), "");
                }
            }
        }
    }

    private static void deliverer(Event event, Tally tally) {
        String ip = event.has(Field.AMBIGUOUS) ? "" : event.text(Field.CLIENT_IP, "");
        if (!ip.isEmpty()) {
            tally.note(Distinct.DELIVERERS, Networks.client(ip));
        }
    }

    private static void account(Event event, Tally tally) {
        String ip = event.text(Field.CLIENT_IP, "");
        if (!ip.isEmpty() && !isLocal(event)) {
            String client = Networks.client(ip);
            tally.note(Distinct.CLIENTS, client)
                    .note(Distinct.SUCCESS_CLIENTS, client)
                    .note(Distinct.SUBMITTING_CLIENTS, client);
            tally.name(SUBMITTED + client, Math.max(1, event.number(Field.RECIPIENT_COUNT, 1)));
        }
        String sender = Addresses.sender(event);
        if (!sender.isEmpty()) {
            tally.note(Distinct.SENDERS, sender);
        }
        if (event.has(Field.SUBJECT)) {
            tally.note(Distinct.SUBJECTS, event.text(Field.SUBJECT, ""));
        }
    }

    /** Submitted without a login: by a process of this host or a client it trusts, not by the daemon itself as a bounce. */
    private static boolean isLocal(Event event) {
        return event.has(Field.ACCOUNT)
                && (!event.has(Field.CLIENT_IP) || LocalAddress.isAccount(event.text(Field.ACCOUNT, "")));
    }
}
