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
    EXCHANGE("exchange"),
    CPANEL("cpanel"),
    SASLAUTHD("saslauthd"),
    PAM("pam"),
    RSPAMD("rspamd"),
    AMAVIS("amavis"),
    SPAMASSASSIN("spamassassin"),
    CLAMAV("clamav"),
    OPENDKIM("opendkim"),
    OPENDMARC("opendmarc"),
    POLICYD("policyd"),
    POSTGREY("postgrey"),
    POSTFWD("postfwd"),
    /** Another filter or policy service of a mail daemon. */
    FILTER("filter"),
    /** The logging system itself: rsyslogd, systemd-journald. */
    SYSLOG("syslog"),
    /** A program that no rule list is for. */
    UNKNOWN("unknown");

    private final String wireName;

    Daemon(String wireName) {
        this.wireName = wireName;
    }

    /** The name in JSON, such as {@code pure-ftpd}. */
    public String wireName() {
        return wireName;
    }
}
