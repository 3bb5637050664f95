package postwarden.event;

/** What an event may carry besides its kind, time and origin; the JSON name is fixed. */
public enum Field {
    QUEUE_ID("queueId"),
    /** Queue id that the daemon gave to what comes of this message: its bounce, its forwarded copy. */
    NEXT_QUEUE_ID("nextQueueId"),
    /** Queue id under which the host had the message before it gave it to a filter. */
    ORIGINAL_QUEUE_ID("originalQueueId"),
    MESSAGE_ID("messageId"),
    SESSION("session"),
    CLIENT_IP("clientIp"),
    CLIENT_HOSTNAME("clientHostname"),
    CLIENT_PORT("clientPort"),
    HELO("helo"),
    SERVER_IP("serverIp"),
    SERVER_PORT("serverPort"),
    /** smtp, submission, submissions, imap, pop3, lmtp, sieve or ftp. */
    SERVICE("service"),
    PROTOCOL("protocol"),
    SENDER("sender"),
    RECIPIENT("recipient"),
    ORIGINAL_RECIPIENT("originalRecipient"),
    RECIPIENT_COUNT("recipientCount"),
    /** Size of a message or file, in bytes. */
    SIZE("size"),
    SUBJECT("subject"),
    RELAY_HOST("relayHost"),
    RELAY_IP("relayIp"),
    RELAY_PORT("relayPort"),
    TRANSPORT("transport"),
    ROUTER("router"),
    /** A {@link Status}. */
    STATUS("status"),
    DSN("dsn"),
    REPLY_CODE("replyCode"),
    REPLY_TEXT("replyText"),
    /** A {@link Stage}. */
    STAGE("stage"),
    /** An {@link Origin}. */
    ORIGIN("origin"),
    /** A {@link Reason}. */
    REASON("reason"),
    /** Seconds from arrival to this attempt's end. */
    DELAY("delay"),
    /** Postfix's [a,b,c,d] in seconds: before the queue manager, in it, connection set-up, transmission. */
    DELAYS("delays"),
    /** Seconds in the queue (Exim QT). */
    QUEUE_TIME("queueTime"),
    /** Seconds for this delivery (Exim DT). */
    DELIVERY_TIME("deliveryTime"),
    CONNECTION_USE("connectionUse"),
    ACCOUNT("account"),
    AUTH_MECHANISM("authMechanism"),
    PASSWORD_HASH("passwordHash"),
    /** Attempts that this line stands for, >= 1. */
    ATTEMPTS("attempts"),
    /** A {@link Limit}. */
    LIMIT("limit"),
    LIMIT_VALUE("limitValue"),
    /** The value that met the limit, or a current count that the daemon states. */
    OBSERVED("observed"),
    LOAD("load"),
    WORKING_DIRECTORY("workingDirectory"),
    ARGUMENTS("arguments"),
    /** How many equal lines this one stands for, >= 2. */
    REPEAT("repeat"),
    /** How many lines the logging system says it lost. */
    LOST("lost"),
    /** Seconds that a session lasted. */
    DURATION("duration"),
    /** Commands done/tried of a session, as Postfix counts them. */
    COMMANDS("commands"),
    EHLO("ehlo"),
    AUTH("auth"),
    MAIL("mail"),
    RCPT("rcpt"),
    DATA("data"),
    QUIT("quit"),
    /** TLS version and cipher. */
    TLS_VERSION("tlsVersion"),
    CIPHER("cipher"),
    /** Points that a filter gave, as logged; more is worse. */
    SCORE("score"),
    /** Name of the malware, or of the rule of a filter, that was found. */
    SIGNATURE("signature"),
    /** The block list that was asked, such as {@code zen.spamhaus.org}. */
    LIST("list"),
    /** Version that a daemon states when it starts. */
    VERSION("version"),
    /** The receive or send connector of Exchange. */
    CONNECTOR("connector"),
    /** True where the daemon writes only some of such lines, so that their count is a lower bound. */
    LOWER_BOUND("lowerBound"),
    /** True where the position of an actor is not certain; no detector may act on such a line. */
    AMBIGUOUS("ambiguous"),
    /** The message, on kinds that need it (unrecognised, warning, error, other). */
    TEXT("text"),
    // From here on: what no line says by itself, put in by the correlator.
    /** True on the one event by which a message counts as accepted. */
    FIRST("first"),
    /** Which attempt of the message for this recipient a delivery is: 1 for the first, more when it was deferred before. */
    ATTEMPT("attempt"),
    /** True on a delivery to a further recipient in a connection that an earlier line has told of. */
    SAME_CONNECTION("sameConnection"),
    /** Relays of the same destination that went wrong before this one in the same attempt, on lines of their own. */
    EARLIER_TROUBLES("earlierTroubles"),
    /** A {@link Reason}: the gravest of these relays' reasons. */
    EARLIER_REASON("earlierReason"),
    /** A {@link Stage}: CONNECT where that relay went wrong before the first command. */
    EARLIER_STAGE("earlierStage"),
    /** Refused logins that this line stands for and no other line has told of; 0 for one that was counted already. */
    FRESH_ATTEMPTS("freshAttempts"),
    /** The same for the client alone, where an earlier line told of the attempt and could not name it. */
    FRESH_FOR_CLIENT("freshForClient"),
    /** The same for the account alone. */
    FRESH_FOR_ACCOUNT("freshForAccount"),
    /** True on a login whose client this host refused within the last minutes. */
    AFTER_REFUSAL("afterRefusal"),
    /** True on the first message that a session submits as an account: a login that the daemon logs in no other way. */
    LOGIN("login"),
    /** Sessions of all clients open at once, as the daemon states or rebuilt. */
    SERVER_SESSIONS("serverSessions"),
    /** Sessions to the recipient's domain that were open at once during this delivery, all with good answers. */
    OUTBOUND_SESSIONS("outboundSessions"),
    /** True on a refusal that names an address of ours by which another account's mail was refused lately. */
    OF_HOST("ofHost"),
    /** True on a line that ends a session whose beginning the daemon does not log. */
    UNTOLD_BEGIN("untoldBegin"),
    /** True on a line that repeats another file's line of the same event. */
    COPY("copy");

    private final String jsonName;

    Field(String jsonName) {
        this.jsonName = jsonName;
    }

    /** The name in JSON. */
    public String jsonName() {
        return jsonName;
    }
}
