package postwarden.parse.exim;

/** How lines of Exim begin that only remark on something, from the {@code log_write} calls of 4.94 to 4.100. */
final class EximRemarks {
    /** The daemon's life. */
    static final EximTexts LIFE = new EximTexts("""
            notify triggered queue run
            SIGTERM received while
            SIGINT received while
            listen backlog
            """);

    /** Remarks about a message or an address. */
    static final EximTexts NOTES = new EximTexts("""
            Warning:
            DKIM:
            DMARC results:
            ARC:
            arc:
            PRDR
            rescind the above message-accept
            moved from
            address <
            recipient <
            sender address changed to <
            original recipients ignored
            Delivery deferred by system filter
            Message abandoned:
            Message is being processed
            ignoring AUTH=
            qualify/rewrite:
            peer close after all rcpt responses
            Ci=
            LOG:
            SMTP connection outbound
            """);

    static final EximTexts NOTES_WITHIN = new EximTexts("""
             rewritten as "
             rewritten with (address part of) "
             router: skipped error:
             transport output:
            : accepted by +include_
             (while verifying <
             (while routing <
            lowest numbered MX record points to local host
            remote host address is the local host
            : no recipient addresses
            : at least one malformed recipient address
            : message too big (limit set to
            : too many recipients (max set to
            : rejected by local_scan
            : rejected by non-SMTP ACL
            : excessively long message header
            found in headers
            """);

    private EximRemarks() {}
}
