package postwarden.event;

/** The software that wrote a line. */
public enum Daemon {
    POSTFIX("postfix"),
    EXIM("exim"),
    DOVECOT("dovecot"),
    PURE_FTPD("pure-ftpd"),
    PROFTPD("proftpd"),
    VSFTPD("vsftpd"),
    SENDMAIL("sendmail"),
    OPENSMTPD("opensmtpd"),
    COURIER("courier"),
    CYRUS("cyrus"),
    UW_IMAP("uw-imap"),
    EXCHANGE("exchange"),
    CPANEL("cpanel"),
    SASLAUTHD("saslauthd"),
    PAM("pam"),
    RSPAMD("rspamd", true),
    AMAVIS("amavis", true),
    SPAMASSASSIN("spamassassin", true),
    CLAMAV("clamav", true),
    OPENDKIM("opendkim", true),
    OPENDMARC("opendmarc", true),
    POLICYD("policyd", true),
    POSTGREY("postgrey", true),
    POSTFWD("postfwd", true),
    /** Another filter or policy service of a mail daemon. */
    FILTER("filter", true),
    /** The logging system itself: rsyslogd, systemd-journald. */
    SYSLOG("syslog"),
    /** A program that no rule list is for. */
    UNKNOWN("unknown");

    private final String wireName;
    private final boolean adviser;

    Daemon(String wireName) {
        this(wireName, false);
    }

    Daemon(String wireName, boolean adviser) {
        this.wireName = wireName;
        this.adviser = adviser;
    }

    /** Whether it only advises a mail daemon, which logs what comes of it in a line of its own. */
    public boolean isAdviser() {
        return adviser;
    }

    /** The name in JSON, such as {@code pure-ftpd}. */
    public String wireName() {
        return wireName;
    }
}
