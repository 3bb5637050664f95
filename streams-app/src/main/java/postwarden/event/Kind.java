package postwarden.event;

import java.util.Locale;

/** What one log line says; the names in lower case are what alerts, tests and operators' scripts rely on. */
public enum Kind {
    CONNECT,
    DISCONNECT,
    LOST_CONNECTION,
    TIMEOUT,
    CONNECTION_LIMIT,
    PROTOCOL_ABUSE,
    TLS,
    TLS_ERROR,
    AUTH_SUCCESS,
    AUTH_FAILURE,
    AUTH_ERROR,
    AUTH_ABUSE,
    NO_AUTH,
    REJECT,
    DEFER_REJECT,
    GREYLIST,
    DNSBL,
    POLICY,
    SPAM,
    VIRUS,
    RECEIVED,
    MESSAGE_ID,
    QUEUE_ACTIVE,
    REMOVED,
    EXPIRED,
    HELD,
    DELIVERY,
    DELIVERY_TROUBLE,
    BOUNCE_NOTIFICATION,
    TRANSFER,
    LOGOUT,
    STATS,
    POSTSCREEN_PASS,
    POSTSCREEN_TEST,
    LIFECYCLE,
    LOG_GAP,
    WARNING,
    ERROR,
    OTHER,
    /** The header was understood, the message was not. */
    UNRECOGNISED;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name in JSON, such as {@code connection_limit}. */
    public String wireName() {
        return wireName;
    }
}
