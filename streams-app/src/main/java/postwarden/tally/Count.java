package postwarden.tally;

/** What is counted; merging adds. The measure's name is what alerts and the query API call it. */
public enum Count {
    /** Sessions that began. */
    CONNECTS(1, "connects"),
    /** Sessions that ended in order. */
    DISCONNECTS(2, "disconnects"),
    /** Sessions that ended without one command done. */
    EMPTY_SESSIONS(3, "emptySessions"),
    /** Sessions that were lost. */
    LOST_CONNECTIONS(4, "lostConnections"),
    /** Sessions that timed out. */
    TIMEOUTS(5, "timeouts"),
    /** Seconds that the ended sessions lasted, summed. */
    SESSION_SECONDS(6, "sessionSeconds"),
    /** Times that a limit of one client was reached, as the daemon states. */
    CLIENT_LIMITS(7, "clientLimits"),
    /** Of these: limits on sessions at once. */
    CONCURRENCY_LIMITS(8, "concurrencyLimits"),
    /** Of these: limits on a rate. */
    RATE_LIMITS(9, "rateLimits"),
    /** Times that a limit of the whole server was reached. */
    SERVER_LIMITS(10, "serverLimits"),
    /** Refusals because of load. */
    LOAD_SHEDDING(11, "loadShedding"),
    /** Messages accepted but only queued. */
    QUEUE_ONLY(12, "queueOnly"),
    /** Protocol violations. */
    PROTOCOL_ABUSES(13, "protocolAbuses"),
    /** Handshakes that failed. */
    TLS_ERRORS(14, "tlsErrors"),
    /** Logins, and sessions that submitted as an account. */
    AUTH_SUCCESSES(15, "authSuccesses"),
    /** Refused credentials, one an attempt. */
    AUTH_FAILURES(16, "authFailures"),
    /** Attempts that the authentication service could not judge. */
    AUTH_ERRORS(17, "authErrors"),
    /** Sessions that ended without trying to log in. */
    NO_AUTH(18, "noAuth"),
    /** Commands or messages refused for good on the way in. */
    REJECTS(19, "rejects"),
    /** Commands or messages refused for now on the way in. */
    DEFER_REJECTS(20, "deferRejects"),
    /** Recipients refused on the way in because they do not exist. */
    UNKNOWN_RECIPIENT_REJECTS(21, "unknownRecipientRejects"),
    /** Refusals because of a block list. */
    DNSBL_REJECTS(22, "dnsblRejects"),
    /** Messages accepted. */
    MESSAGES(23, "messages"),
    /** Recipients of the accepted messages. */
    RECIPIENTS(24, "recipients"),
    /** Size of the accepted messages. */
    BYTES(25, "bytes"),
    /** Accepted messages with the null sender: bounces and notices. */
    NULL_SENDER_MESSAGES(26, "nullSenderMessages"),
    /** Attempts to deliver to one recipient outside, with or without a connection. */
    DELIVERIES(27, "deliveries"),
    /** Of these: attempts that reached for the network. */
    ATTEMPTS(28, "attempts"),
    /** Of these: deferred again without a connection. */
    NOT_TRIED(29, "notTried"),
    /** Deliveries whose message had none before. */
    FIRST_ATTEMPTS(30, "firstAttempts"),
    /** Deliveries that were accepted. */
    SENT(31, "sent"),
    /** Accepted deliveries of messages that had been deferred before. */
    RETRIED_SENT(32, "retriedSent"),
    /** Deliveries put off. */
    DEFERRED(33, "deferred"),
    /** Deliveries refused for good or given up. */
    BOUNCED(34, "bounced"),
    /** Of these: because the recipient does not exist. */
    BOUNCED_UNKNOWN(35, "bouncedUnknown"),
    /** Of these: because of spam or reputation. */
    BOUNCED_SPAM(36, "bouncedSpam"),
    /** Connections to a destination that went wrong without deciding a recipient's fate. */
    TROUBLE(37, "trouble"),
    /** Remote answers, one a connection, that mean: too many, too fast, or not now. */
    THROTTLED(38, "throttled"),
    /** Of these: too many connections at once or from this address. */
    THROTTLED_CONNECTIONS(39, "throttledConnections"),
    /** Of these: too many in a time. */
    THROTTLED_RATE(40, "throttledRate"),
    /** Of these: overload, resources, service not available. */
    THROTTLED_OVERLOAD(41, "throttledOverload"),
    /** Of these: reputation, complaints, block lists; of an account or a sender at the first attempt for a message only. */
    THROTTLED_REPUTATION(42, "throttledReputation"),
    /** Of the deferrals: greylisting. */
    GREYLISTED(43, "greylisted"),
    /** Connections refused, lost or unreachable. */
    NETWORK_TROUBLE(44, "networkTrouble"),
    /** Connections or answers that took too long. */
    REMOTE_TIMEOUTS(45, "remoteTimeouts"),
    /** Names that did not resolve. */
    DNS_TROUBLE(46, "dnsTrouble"),
    /** Outbound handshakes that failed or TLS that was not offered. */
    TLS_TROUBLE(47, "tlsTrouble"),
    /** Remote throttling before the first command. */
    AT_CONNECT(48, "atConnect"),
    /** Remote throttling in reply to a command. */
    IN_SESSION(49, "inSession"),
    /** Throttled attempts with less than one second of set-up and transmission. */
    SETUP_FAST(50, "setupFast"),
    /** Throttled or failed attempts with four seconds of set-up and transmission or more. */
    SETUP_SLOW(51, "setupSlow"),
    /** Network attempts whose set-up time is known. */
    SETUP_MEASURED(52, "setupMeasured"),
    /** Their set-up times in milliseconds, summed. */
    SETUP_MILLIS(53, "setupMillis"),
    /** Set-up times of accepted deliveries in milliseconds, summed. */
    OK_SETUP_MILLIS(54, "okSetupMillis"),
    /** Accepted deliveries whose set-up time is known. */
    OK_SETUP_MEASURED(55, "okSetupMeasured"),
    /** Refusals on the way in because of content. */
    SPAM_REJECTS(56, "spamRejects"),
    /** Messages that a local process submitted. */
    SCRIPT_MESSAGES(57, "scriptMessages"),
    /** FTP transfers. */
    TRANSFERS(58, "transfers"),
    /** Lines that the logging system says it lost, at least. */
    LOST_LINES(59, "lostLines"),
    /** Log lines understood. */
    LINES(60, "lines"),
    /** Log lines whose message no rule knows. */
    UNRECOGNISED(61, "unrecognised"),
    /** Log lines whose header was not understood. */
    UNPARSED(62, "unparsed"),
    /** Deliveries whose message nobody knows. */
    UNATTRIBUTED(63, "unattributed"),
    /** SMTP sessions of two minutes or more in which at most three commands were done. */
    IDLE_SESSIONS(100, "idleSessions"),
    /** SMTP sessions that ended before a message or a login was tried; of a server only those of the outside. */
    BARREN_SESSIONS(101, "barrenSessions"),
    /** Of the messages that were only queued: because many came in one connection. */
    QUEUE_ONLY_BULK(102, "queueOnlyBulk"),
    /** Of the limits of one client: of FTP. */
    FTP_LIMITS(103, "ftpLimits"),
    /** Of the limits of one client: connections of one user of a mailbox. */
    MAILBOX_LIMITS(104, "mailboxLimits"),
    /** Of the limits of the whole server: statements that stand for any number of refusals, because they are said seldom. */
    SATURATIONS(105, "saturations"),
    /** One in sixteen logins to a mailbox, for who needs to look now and then. */
    LOGIN_SAMPLES(106, "loginSamples"),
    /** Logins as the account by clients that had been refused within the last minutes. */
    LOGINS_AFTER_REFUSAL(130, "loginsAfterRefusal"),
    /** Refused credentials of which no line says for which account; of a server only. */
    NAMELESS_FAILURES(131, "namelessFailures"),
    /** Times that an account met its limit of messages or recipients, as the panel, a policy service or its smarthost states. */
    PANEL_LIMITS(160, "panelLimits"),
    /** Times that an account met its limit of deferred and failed deliveries. */
    PANEL_FAILURE_LIMITS(161, "panelFailureLimits"),
    /** Messages of an account whose outgoing mail is held. */
    PANEL_HOLDS(162, "panelHolds"),
    /** Of all these: messages that were thrown away. */
    PANEL_DISCARDS(163, "panelDiscards"),
    /** Messages that went in a circle, as a daemon of ours states. */
    LOOPS(164, "loops"),
    /** Of the refused credentials of an account or client: those of which a daemon logs the password's hash. */
    HASHED_FAILURES(180, "hashedFailures"),
    /** Losses that the producer told: bytes that were gone before they were read, or that Kafka would not take. */
    LOSSES(190, "losses"),
    /** Holes: bytes of a file that have not come although later ones did. */
    HOLES(191, "holes"),
    /** Bytes of both, as far as it is known how many. */
    LOST_BYTES(192, "lostBytes"),
    /** Heartbeats at which the host's newest stamp since the last one was ahead of its producer's clock. */
    STAMPS_AHEAD(193, "stampsAhead"),
    /** By how many seconds, summed. */
    STAMPS_AHEAD_SECONDS(194, "stampsAheadSeconds"),
    /** Heartbeats at which lines had come since the last one whose newest stamp was older than they can be. */
    STAMPS_BEHIND(195, "stampsBehind"),
    /** By how many seconds, summed. */
    STAMPS_BEHIND_SECONDS(196, "stampsBehindSeconds"),
    /** Heartbeats at which stamps could be held against the producer's clock, within an hour of one at which they were off. */
    STAMP_CHECKS(197, "stampChecks"),
    /** Lines in places that others had, of a producer that says that it never sent them: two write under one identity. */
    CONTESTED(198, "contested"),
    /** First attempts to deliver elsewhere that somebody answered, whatever he said; of a server only. */
    FIRST_REACHED(220, "firstReached"),
    /** First attempts that nobody answered: no connection, no name, no handshake; of a server only. */
    FIRST_UNREACHED(221, "firstUnreached"),
    /** First attempts that were refused or put off for what is thought of whom they come from; of a server only. */
    OBJECTED(222, "objected"),
    /** Of these: those that name a block list. */
    OBJECTED_BY_LIST(223, "objectedByList"),
    /**
     * Attempts that a destination refused or put off in words that blame neither the recipient nor the message nor name a limit of
     * its; what is {@link #THROTTLED} is not among them. Of a destination only, as the next four.
     */
    TURNED_AWAY(224, "turnedAway"),
    /** Of these: for this host's names in DNS, such as a missing PTR record. */
    TURNED_AWAY_FOR_NAMES(225, "turnedAwayForNames"),
    /** Of these: for what is thought of who sends, or before any message was named. */
    TURNED_AWAY_FOR_REPUTATION(226, "turnedAwayForReputation"),
    /** First attempts that it turned away or throttled. */
    FIRST_TURNED_AWAY(227, "firstTurnedAway"),
    /** First attempts that it took. */
    FIRST_TAKEN(228, "firstTaken"),
    /** First attempts that nobody answered because there was no way to him at all; of a server only. */
    FIRST_WITHOUT_ROUTE(229, "firstWithoutRoute"),
    /** Commands or messages that this host refused for now because its own disk is full; of a server only. */
    STORAGE_REFUSALS(240, "storageRefusals"),
    /** Complaints of its daemons that there is no space left; of a server only. */
    STORAGE_ERRORS(241, "storageErrors");

    private final int id;
    private final String measure;

    Count(int id, String measure) {
        this.id = id;
        this.measure = measure;
    }

    /** Stable number for stores and topics, >= 1; never reused. */
    public int id() {
        return id;
    }

    /** Name in alerts and in the query API, such as {@code connects}. */
    public String measure() {
        return measure;
    }
}
