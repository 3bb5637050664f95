package postwarden.parse.reply;

import java.util.ArrayList;
import java.util.List;
import postwarden.event.Reason;

/** The words of SMTP replies that tell a reason, as MTAs and large providers use them, the most telling first. */
final class ReplyPhrases {
    /** Words that say more than the codes before them. Where a text holds several, the upper one counts. */
    static final ReplyPhrases TELLING = new ReplyPhrases("""
            GREYLISTED: greylist|graylist|grey list|grey-list|postgrey
            TEMPORARY_ERROR: virus scanner|unable to scan
            VIRUS: virus|malware|infected
            TOO_MANY_MESSAGES_IN_CONNECTION: too many messages in this connection
            TOO_MANY_MESSAGES_IN_CONNECTION: too many messages in one connection
            TOO_MANY_MESSAGES_IN_CONNECTION: too many messages for this session
            TOO_MANY_MESSAGES_IN_CONNECTION: too many messages per connection|too many messages this session
            TOO_MANY_MESSAGES_IN_CONNECTION: too many mails in one session|messages per connection
            TOO_MANY_MESSAGES_IN_CONNECTION: messages per session
            TOO_MANY_ERRORS: too many errors|too many bad commands|too many syntax or protocol errors
            TOO_MANY_ERRORS: too many protocol errors|too many nonmail|too many unrecognized
            TOO_MANY_ERRORS: too many unknown|too many invalid|too many failed|too many junk
            TOO_MANY_ERRORS: command pipelining
            BLOCKLISTED: blocked using|block list|blocklist|block-list|block listed|blacklist|black list
            BLOCKLISTED: denylist|deny list|spamhaus|spamcop|barracudacentral|sorbs.net|dnsbl|_rbl|abusix
            BLOCKLISTED: uceprotect|listed by domain|s3150|s3140|ipcheck.proofpoint
            SPAM: likely unsolicited|content filter|spam content|identified as spam|rejected as spam
            SPAM: classified as spam|considered spam|spam message|looks like spam|detected as spam
            REPUTATION: reputation|user complaints|complaints|[tss0|[ts0|of unsolicited|senderscore
            REPUTATION: suspicious due to|unsolicited
            TOO_MANY_CONNECTIONS: too many connections|too many concurrent|too many simultaneous
            TOO_MANY_CONNECTIONS: too many open connections|too many sessions|concurrent connection
            TOO_MANY_CONNECTIONS: concurrent server connections|concurrent smtp|concurrency limit
            TOO_MANY_CONNECTIONS: simultaneous connections|maximum number of connections|maximum connections
            TOO_MANY_CONNECTIONS: max connections|connection limit|number of connections|no more connections
            TOO_MANY_CONNECTIONS: rp-003
            MAIL_LOOP: too many hops|mail loop|loops back|hop count|looping
            ACCOUNT_LIMIT: max emails per hour|max defers and failures|sending limit|submission quota
            ACCOUNT_LIMIT: outgoing message limit|daily user sending|hourly quota
            RATE_LIMITED: rate limit|ratelimit|rate-limit|rate of mail|unusual rate|too many|too much mail
            RATE_LIMITED: sending rate|message rate|throttl|too fast|too frequent|too quickly|slow down
            RATE_LIMITED: at a rate that|exceeded the rate|connection rate|high volume|unexpected volume
            RATE_LIMITED: volume of|limits for how many messages|rp-001|rp-002|message limit
            RATE_LIMITED: messages per hour|messages per day|sending too
            OVERLOADED: overload|too much load|load average|too busy|server busy|system busy|ports busy
            OVERLOADED: ports are busy
            OVERLOADED: server is busy|currently busy|no system resources|insufficient system resources
            OVERLOADED: insufficient resources|out of memory|high load|load too high|system load
            OVERLOADED: back pressure|backpressure
            SENDER_AUTHENTICATION: dmarc|dkim|_spf|spf_|ptr record|_ptr_|reverse dns|reverse hostname
            SENDER_AUTHENTICATION: cannot find your hostname|reverse lookup|unauthenticated|rdns
            SENDER_AUTHENTICATION: not designated
            RELAY_DENIED: relay access denied|relaying denied|relay not permitted|unable to relay
            RELAY_DENIED: relaying not allowed|not permitted to relay|relay denied|relaying is not
            RELAY_DENIED: relay is not|relaying prohibited|not relay
            UNKNOWN_RECIPIENT: user unknown|unknown user|no such user|user not found|does not exist
            UNKNOWN_RECIPIENT: doesn't have a|recipient not found|unknown recipient|recipient unknown
            UNKNOWN_RECIPIENT: no such recipient|no such mailbox|no mailbox|mailbox not found
            UNKNOWN_RECIPIENT: mailbox unavailable|invalid recipient|invalid mailbox|unknown mailbox
            UNKNOWN_RECIPIENT: unrouteable address|undeliverable address|unknown_in_|unknown address
            UNKNOWN_RECIPIENT: no such address|not our customer|unknown local|unverified address
            UNKNOWN_RECIPIENT: recipient address rejected: access denied|recipient rejected
            MAILBOX_FULL: mailbox full|mailbox is full|over quota|overquota|quota exceeded
            MAILBOX_FULL: exceeded quota|exceeds quota|exceeded storage|out of storage|storage allocation
            MAILBOX_FULL: mailbox size limit|over its quota|quota is|not enough storage|disk quota
            MAILBOX_DISABLED: mailbox disabled|account disabled|has been disabled|is disabled|inactive
            MAILBOX_DISABLED: deactivated|account is suspended|been suspended|no longer active
            INSUFFICIENT_STORAGE: insufficient system storage|insufficient storage|insufficient disk
            INSUFFICIENT_STORAGE: no space left|disk full|insufficient space|not enough space|free space
            SPAM: spam|junk mail|bulk mail
            SENDER_REJECTED: sender address rejected|sender rejected|sender verify|sender domain
            SENDER_REJECTED: domain of sender|invalid sender|sender denied|not owned by user|bad sender
            SENDER_REJECTED: sender address
            HELO_REJECTED: helo command rejected|ehlo command rejected|helo|ehlo
            AUTHENTICATION: authentication required|authentication failed|authentication failure
            AUTHENTICATION: authentication unsuccessful|must authenticate|not logged in|credentials
            AUTHENTICATION: authenticate first|authentication is required
            TLS: starttls|tls is required|tls required|encryption required|encryption needed
            TLS: secure connection|cannot start tls|handshake|server certificate
            MESSAGE_TOO_LARGE: too large|too big|size limit|exceeds maximum|exceeds size|size exceeds
            MESSAGE_TOO_LARGE: exceeds the size
            SERVER_CONFIGURATION: configuration error|configuration problem|misconfigur
            SERVER_CONFIGURATION: mail transport unavailable
            DNS_TEMPORARY: host not found, try again|name server loop|temporary lookup
            DNS_NOT_FOUND: domain not found|host not found|name or service not known|no mx record|nullmx
            DNS_NOT_FOUND: null mx|name service error
            CONNECTION_REFUSED: connection refused
            NETWORK_UNREACHABLE: network is unreachable|no route to host|host is unreachable
            CONNECTION_TIMED_OUT: connection timed out
            CONNECTION_LOST: connection closed by remote|connection lost|connection reset|lost connection
            TIMED_OUT: timeout|timed out|time out|time limit exceeded
            SYNTAX: syntax|command not recognized|unrecognized command|command rejected|not implemented
            SYNTAX: bad sequence|malformed|invalid address|bad address|need rcpt|need mail|non-ascii
            TEMPORARY_ERROR: temporary server error|temporary system problem|temporary failure
            TEMPORARY_ERROR: temporary error|temporary problem|temporarily deferred|temporary internal
            TEMPORARY_ERROR: local error in processing|internal error|internal server error|system error
            TEMPORARY_ERROR: queue file write error
            SERVICE_UNAVAILABLE: service not available|service unavailable|service is unavailable
            SERVICE_UNAVAILABLE: service currently unavailable|services unavailable
            SERVICE_UNAVAILABLE: closing transmission channel|not accepting|temporarily unavailable
            SERVICE_UNAVAILABLE: shutting down|service temporarily
            """);

    /** Words that are heard only when the codes say nothing. */
    static final ReplyPhrases VAGUE = new ReplyPhrases("""
            ACCESS_DENIED: access denied|policy|administrative|prohibited|not permitted|not allowed
            ACCESS_DENIED: not authorized|permission|denied|blocked|banned|rejected|refused
            TEMPORARY_ERROR: try again|try later|temporar|retry
            SERVICE_UNAVAILABLE: unavailable|closing connection
            """);

    private final List<Reason> reasons = new ArrayList<>();
    private final Phrases phrases;

    /** @param table lines of a reason and its phrases; an underscore stands for a blank at a phrase's end */
    private ReplyPhrases(String table) {
        List<String> words = new ArrayList<>();
        for (String row : table.strip().split("\n")) {
            int colon = row.indexOf(": ");
            Reason reason = Reason.valueOf(row.substring(0, colon));
            for (String phrase : row.substring(colon + 2).split("\\|")) {
                words.add(phrase.replace('_', ' '));
                reasons.add(reason);
            }
        }
        phrases = new Phrases(words);
    }

    /** What the text says, or {@link Reason#UNKNOWN}. */
    Reason reason(String text) {
        int first = phrases.first(text);
        return first < reasons.size() ? reasons.get(first) : Reason.UNKNOWN;
    }
}
