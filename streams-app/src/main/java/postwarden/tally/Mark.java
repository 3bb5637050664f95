package postwarden.tally;

/** Something that was or was not seen; merging keeps what either side saw. */
public enum Mark {
    POSTFIX(0),
    EXIM(1),
    DOVECOT(2),
    PURE_FTPD(3),
    CPANEL(4),
    SMTP(8),
    SUBMISSION(9),
    IMAP(10),
    POP3(11),
    FTP(12),
    /** The logging system said that lines are missing, so counts are lower bounds. */
    LOG_GAP(16),
    /** The address is private (RFC 1918, RFC 4193) or loopback. */
    PRIVATE_ADDRESS(17),
    /** TLS handshakes were done. */
    TLS(18),
    /** Of an account: a host that it was used on has been watched for long; see {@link IntakeParams#seasoned}. */
    SEASONED(19);

    private final int bit;

    Mark(int bit) {
        this.bit = bit;
    }

    /** Stable position in the stored bit set, 0 to 63; never reused. */
    long mask() {
        return 1L << bit;
    }
}
