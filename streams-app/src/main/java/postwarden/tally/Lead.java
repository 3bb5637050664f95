package postwarden.tally;

/** Of what the most frequent names are kept for a whole host or account; see {@link Leaders}. */
public enum Lead {
    /** Who gets mail from strangers: one a message; told apart by the domains of the senders. */
    RECIPIENTS(160),
    /** For whom deliveries to elsewhere are tried: the account, else the sender; one an attempt. */
    SENDERS(161),
    /** Messages that go on or are ours, by their id and recipient, shown as {@code sender > recipient}; one a first delivery. */
    MESSAGES(162),
    /** Working directories of the scripts that submit; one a message. */
    SCRIPTS(163),
    /** Who writes to whom without a login, shown as {@code sender > recipient}; one a first delivery. */
    PAIRS(180),
    /** Whose deliveries to elsewhere were put off, greylisting apart, or refused: the account, else the sender; one an attempt. */
    TROUBLED(181),
    /** Whose first attempts were refused or put off for what is thought of whom they come from: the account, else the sender. */
    OBJECTED(182),
    /** Whose mail to elsewhere waited for a minute or more before it was tried at all: the account, else the sender; one a first attempt. */
    KEPT_WAITING(183),
    /** Of a client that gives mail without a login: whose mail of it was refused as spam or went to nobody: the sender; one an attempt. */
    BEHIND(184);

    private final int id;

    Lead(int id) {
        this.id = id;
    }

    /** Stable number for stores and topics, >= 1; never reused. */
    public int id() {
        return id;
    }
}
