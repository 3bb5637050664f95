package postwarden.tally;

/** What is counted once however often it comes; merging unites. */
public enum Distinct {
    /** Addresses that connected, or that an account was used or tried from. */
    CLIENTS(1, "distinctClients"),
    /** Addresses that logged in as the account, or submitted as it; of a server, that logged in. */
    SUCCESS_CLIENTS(2, "distinctSuccessClients"),
    /** Their networks: /24 for IPv4, /48 for IPv6. */
    SUCCESS_NETWORKS(3, "distinctSuccessNetworks"),
    /** Addresses whose credentials were refused, for an account or by a server. */
    FAILURE_CLIENTS(4, "distinctFailureClients"),
    /** Accounts that logged in from the client. */
    SUCCESS_ACCOUNTS(5, "distinctSuccessAccounts"),
    /** Accounts whose credentials were refused. */
    FAILURE_ACCOUNTS(6, "distinctFailureAccounts"),
    /** Recipients of accepted messages or of deliveries. */
    RECIPIENTS(7, "distinctRecipients"),
    /** Their domains. */
    RECIPIENT_DOMAINS(8, "distinctRecipientDomains"),
    /** Envelope senders. */
    SENDERS(9, "distinctSenders"),
    /** Messages that deliveries were tried for. */
    QUEUE_IDS(10, "distinctMessages"),
    /** Messages that were put off. */
    DEFERRED_IDS(11, "distinctDeferredMessages"),
    /** Messages that were accepted by the other side. */
    SENT_IDS(12, "distinctSentMessages"),
    /** Remote hosts; of a server, those that did not answer a first attempt. */
    RELAYS(13, "distinctRelays"),
    /** Keyed hashes of passwords that were tried. */
    PASSWORDS(14, "distinctPasswords"),
    /** Subjects of accepted messages. */
    SUBJECTS(15, "distinctSubjects"),
    /** Addresses whose sessions ended before a message or a login was tried. */
    BARREN_CLIENTS(100, "distinctBarrenClients"),
    /** Addresses that a message was accepted from. */
    DELIVERERS(101, "distinctDeliverers"),
    /** Accounts whose credentials were refused in a line that says the keyed hash of the password; of a server only. */
    HASHED_ACCOUNTS(130, "distinctHashedAccounts"),
    /** Systems ({@link Systems}) that logged in as the account. */
    SUCCESS_SYSTEMS(131, "distinctSuccessSystems"),
    /** Systems whose credentials for the account were refused. */
    FAILURE_SYSTEMS(132, "distinctFailureSystems"),
    /** Accounts whose credentials were refused, once for each of eight groups of addresses; of a server only. */
    FAILURE_ACCOUNTS_BY_CLIENTS(133, "distinctFailureAccountsByClients"),
    /** Recipients' domains at which nobody answered a first attempt; of a server only. */
    UNREACHED_DOMAINS(160, "distinctUnreachedDomains"),
    /** Recipients' domains that refused or put off a first attempt for what is thought of whom it comes from; of a server only. */
    OBJECTING_DOMAINS(161, "distinctObjectingDomains"),
    /** Addresses that submitted a message as the account. */
    SUBMITTING_CLIENTS(162, "distinctSubmittingClients"),
    /** Their systems ({@link Systems}). */
    SUBMITTING_SYSTEMS(163, "distinctSubmittingSystems"),
    /** Accounts or senders whose message a destination turned away or throttled at the first attempt; of a destination only. */
    TURNED_AWAY_SENDERS(164, "distinctTurnedAwaySenders"),
    /** The same of those whose message it took. */
    TAKEN_SENDERS(165, "distinctTakenSenders"),
    /** Networks, of a provider's size (/16 for IPv4, /32 for IPv6), that did not answer a first attempt; of a server only. */
    UNREACHED_NETWORKS(166, "distinctUnreachedNetworks");

    private final int id;
    private final String measure;

    Distinct(int id, String measure) {
        this.id = id;
        this.measure = measure;
    }

    /** Stable number for stores and topics, >= 1; never reused. */
    public int id() {
        return id;
    }

    /** Name in alerts and in the query API. */
    public String measure() {
        return measure;
    }
}
