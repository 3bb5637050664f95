package postwarden.simulate;

import java.util.List;

/** What a mail server writes about the things that happen to it. Times are microseconds since 1970. */
interface MailLog {
    /** How far a session came. */
    enum Left {
        CONNECT,
        HELO,
        STARTTLS
    }

    /** A client connects and is gone without a message. */
    void leaves(long at, Client client, Left after);

    /** A client connects, says EHLO and QUIT. */
    void visits(long at, Client client);

    /** A client connects, says a word or two and is silent until the server hangs up. */
    void holds(long at, Client client, long micros);

    /** Mail from elsewhere for mailboxes here. */
    void receives(long at, Client client, String from, List<String> to, int bytes, String subject);

    /** Mail from elsewhere, under a given message id, for a mailbox that is forwarded elsewhere. */
    void forwards(long at, Client client, String to, String on, Site site, String messageId, Answer answer);

    /** Mail from elsewhere for a mailbox that does not exist. */
    void knowsNot(long at, Client client, String from, String to);

    /** Somebody would like to relay and may not. */
    void relays(long at, Client client, String from, String to);

    /** A refused login for submission. */
    void guessed(long at, Client client, String user);

    /** Mail of somebody who logged in; the id under which its deliveries are told. */
    String submitted(long at, Client client, String account, String from, List<String> to, int bytes, String subject);

    /** Mail of a process on this machine. */
    String scripted(long at, String user, String directory, String from, List<String> to, int bytes, String subject);

    /** Mail of a client on the own network, which does not log in. */
    String relayed(long at, Client client, String from, List<String> to, int bytes, String subject);

    /** One attempt to deliver one recipient's copy. */
    void tried(long at, String id, String to, Site site, Answer answer, double ageSeconds);

    /** A message goes to the queue manager once more. */
    void again(long at, String id, String from, int recipients);

    /** A message leaves the queue. */
    void done(long at, String id);

    /** A client is refused because it has or makes too many sessions. */
    void limited(long at, Client client, int observed);

    /** Nobody is let in because all places are taken. */
    void full(long at, Client client, int places);
}
