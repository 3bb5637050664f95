package postwarden.event;

/** Which limit a daemon says was reached. */
public enum Limit {
    CLIENT_CONCURRENCY,
    CLIENT_CONNECTION_RATE,
    CLIENT_MESSAGE_RATE,
    CLIENT_RECIPIENT_RATE,
    CLIENT_TLS_RATE,
    CLIENT_AUTH_RATE,
    /** Connections of all clients together in a time. */
    SERVER_CONNECTION_RATE,
    SERVER_CONNECTIONS,
    SERVER_RESERVE,
    SERVER_PROCESSES,
    SERVER_LOAD,
    USER_IP_CONNECTIONS,
    FTP_CLIENT_CONNECTIONS,
    FTP_TOTAL,
    /** Accepted, but delivered later by a queue run: not a refusal. */
    QUEUE_ONLY,
    ACCOUNT_HOURLY,
    ACCOUNT_DEFER_FAIL
}
