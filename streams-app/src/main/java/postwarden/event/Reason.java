package postwarden.event;

/** Why something was refused, deferred or lost: what an SMTP reply or a daemon's own text means. */
public enum Reason {
    /** Too many sessions at once. */
    TOO_MANY_CONNECTIONS,
    /** Too many connections, messages, recipients or commands in a time. */
    RATE_LIMITED,
    /** Too many messages within one connection: reconnecting is expected, nothing is wrong. */
    TOO_MANY_MESSAGES_IN_CONNECTION,
    /** Service not available, closing channel, with no more said. */
    SERVICE_UNAVAILABLE,
    /** Overload of the other side: load, resources, busy ports. */
    OVERLOADED,
    /** Storage or quota of the whole system is short. */
    INSUFFICIENT_STORAGE,
    /** A temporary error of the server or system without detail. */
    TEMPORARY_ERROR,
    /** The server says that its own configuration is broken. */
    SERVER_CONFIGURATION,
    /** Too many errors or protocol violations of the client. */
    TOO_MANY_ERRORS,
    /** Greylisting: come back later. */
    GREYLISTED,
    /** Reputation of the address, domain or content, without a list that is named. */
    REPUTATION,
    /** A block list is named. */
    BLOCKLISTED,
    /** The content was refused as spam. */
    SPAM,
    /** The content was refused as malware. */
    VIRUS,
    /** SPF, DKIM, DMARC or a PTR record is missing or fails. */
    SENDER_AUTHENTICATION,
    /** The recipient does not exist. */
    UNKNOWN_RECIPIENT,
    /** The mailbox exists and takes no more: it is full, or gets too much at a time. */
    MAILBOX_FULL,
    /** The mailbox or account is disabled. */
    MAILBOX_DISABLED,
    /** The sender address or its domain is refused. */
    SENDER_REJECTED,
    /** HELO is refused. */
    HELO_REJECTED,
    /** Relaying is denied. */
    RELAY_DENIED,
    /** Access is denied by local policy, with no more said. */
    ACCESS_DENIED,
    /** The message is too big. */
    MESSAGE_TOO_LARGE,
    /** The command or address is malformed or not known. */
    SYNTAX,
    /** Authentication is required or failed. */
    AUTHENTICATION,
    /** TLS is required, not offered, or failed. */
    TLS,
    /** A name does not resolve, for good. */
    DNS_NOT_FOUND,
    /** A name does not resolve for now. */
    DNS_TEMPORARY,
    /** The other side refuses the TCP connection. */
    CONNECTION_REFUSED,
    /** The TCP connection or a later answer took too long. */
    CONNECTION_TIMED_OUT,
    /** No answer in time after the connection was made. */
    TIMED_OUT,
    /** The other side closed or reset the connection. */
    CONNECTION_LOST,
    /** No route to the other side. */
    NETWORK_UNREACHABLE,
    /** Mail loops back to this host, or passed too many hosts. */
    MAIL_LOOP,
    /** The daemon did not try: its retry time has not come, or it holds the destination for dead. */
    NOT_TRIED,
    /** A limit of the account or domain at this host. */
    ACCOUNT_LIMIT,
    /** A text that no rule knows. */
    UNKNOWN
}
