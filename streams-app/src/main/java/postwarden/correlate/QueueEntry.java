package postwarden.correlate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import postwarden.event.LocalAddress;

/**
 * What is known of one message in a host's queue. Texts are empty where nothing is known. Bounded: at most
 * {@value #DEFERRALS} recipients are remembered one by one, texts are cut at {@value #TEXT_LIMIT} characters.
 *
 * @param time of the last line about it, milliseconds since 1970
 * @param senderKnown whether {@code sender} was told; an empty one that is known is the null sender
 * @param accepted whether the line has come by which it counts as accepted
 * @param recipients envelope recipients, 0 when not known
 * @param attemptsBefore attempts that were made before the first line that is remembered, 0 or 1
 * @param deferrals how often which recipient was put off
 * @param connection what tells the last delivery's connection from others; 0 when there was none
 */
public record QueueEntry(
        long time,
        String clientIp,
        String clientHostname,
        String account,
        String service,
        boolean senderKnown,
        String sender,
        String messageId,
        boolean accepted,
        long recipients,
        int attemptsBefore,
        List<Deferral> deferrals,
        int connection) {
    /** Recipients beyond this share the highest count: a message's passes through the queue take all of them along. */
    static final int DEFERRALS = 16;
    /** Longest address or message id kept (RFC 5321 allows 256 octets for a path). */
    static final int TEXT_LIMIT = 256;

    static final QueueEntry NONE = new QueueEntry(0, "", "", "", "", false, "", "", false, 0, 0, List.of(), 0);

    public QueueEntry {
        clientIp = cut(clientIp);
        clientHostname = cut(clientHostname);
        account = cut(account);
        service = cut(service);
        sender = cut(sender);
        messageId = cut(messageId);
        deferrals = List.copyOf(deferrals);
    }

    /**
     * How often one recipient was put off.
     *
     * @param recipient hash of the address; a collision makes one attempt count too many, nothing else
     */
    public record Deferral(int recipient, int times) {}

    QueueEntry from(long at, String ip, String hostname, String login, String onService) {
        return new QueueEntry(
                at,
                ip,
                hostname,
                login,
                onService,
                senderKnown,
                sender,
                messageId,
                accepted,
                recipients,
                attemptsBefore,
                deferrals,
                connection);
    }

    QueueEntry sentBy(long at, String envelopeSender, long envelopeRecipients, boolean nowAccepted, int before) {
        return new QueueEntry(
                at,
                clientIp,
                clientHostname,
                account,
                service,
                true,
                envelopeSender,
                messageId,
                nowAccepted,
                envelopeRecipients,
                before,
                deferrals,
                connection);
    }

    QueueEntry named(long at, String id) {
        return new QueueEntry(
                at,
                clientIp,
                clientHostname,
                account,
                service,
                senderKnown,
                sender,
                id,
                accepted,
                recipients,
                attemptsBefore,
                deferrals,
                connection);
    }

    /** Who gave the message: an account, or a client of a private network that needs no login. */
    String submitter() {
        return account.isEmpty() && LocalAddress.isPrivate(clientIp) ? LocalAddress.account(clientIp) : account;
    }

    /** The same message when a filter gives it back: whose it is stays, what became of it is to come. */
    QueueEntry filtered(long at) {
        return new QueueEntry(
                at, clientIp, clientHostname, account, service, false, "", messageId, true, 0, 0, List.of(), 0);
    }

    QueueEntry accepted(long at, boolean nowAccepted) {
        return new QueueEntry(
                at,
                clientIp,
                clientHostname,
                account,
                service,
                senderKnown,
                sender,
                messageId,
                nowAccepted,
                recipients,
                attemptsBefore,
                deferrals,
                connection);
    }

    QueueEntry tried(long at, List<Deferral> nowDeferred, int nowConnection) {
        return new QueueEntry(
                at,
                clientIp,
                clientHostname,
                account,
                service,
                senderKnown,
                sender,
                messageId,
                accepted,
                recipients,
                attemptsBefore,
                nowDeferred,
                nowConnection);
    }

    /** How long it is of use: a message that was never accepted was given up with its session. */
    Duration kept(CorrelatorParams params) {
        return accepted ? params.queueAge() : params.sessionAge();
    }

    /** Which attempt comes next for the recipient, >= 1. */
    int attempt(String recipient) {
        int hash = recipient.hashCode();
        int highest = 0;
        for (Deferral deferral : deferrals) {
            if (deferral.recipient() == hash) {
                return deferral.times() + attemptsBefore + 1;
            }
            highest = Math.max(highest, deferral.times());
        }
        return (deferrals.size() < DEFERRALS ? 0 : highest) + attemptsBefore + 1;
    }

    /** The deferrals after one more of the recipient. */
    List<Deferral> deferredAgain(String recipient) {
        int hash = recipient.hashCode();
        List<Deferral> next = new ArrayList<>(deferrals);
        for (int i = 0; i < next.size(); i++) {
            if (next.get(i).recipient() == hash) {
                next.set(i, new Deferral(hash, next.get(i).times() + 1));
                return next;
            }
        }
        if (next.size() < DEFERRALS) {
            next.add(new Deferral(hash, 1));
        }
        return next;
    }

    private static String cut(String text) {
        return text.length() <= TEXT_LIMIT ? text : text.substring(0, TEXT_LIMIT);
    }
}
