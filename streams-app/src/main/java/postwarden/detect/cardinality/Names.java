package postwarden.detect.cardinality;

import java.util.List;
import postwarden.detect.Advice;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Tally;

/** What names can be invented without end, what counts them, and what to do about each. */
enum Names {
    CLIENTS(
            "clients",
            Distinct.CLIENTS,
            Count.CONNECTS,
            "T1499.002",
            new Advice(
                    "Let postscreen or the edge meet them before smtpd on %s does",
                    List.of(
                            "See what they have in common: networks, HELO names, what they ask for.",
                            "Postfix: put postscreen before port 25 and lower smtpd_client_connection_count_limit;"
                                    + " Exim: smtp_accept_max_per_host and an early DNS list in acl_smtp_connect.",
                            "Where one network leads, ask the provider to filter it upstream."),
                    "Different clients in ten minutes fall below half the floor.",
                    "postconf -X smtpd_client_connection_count_limit && postfix reload",
                    List.of("Do not raise the limits of processes or connections: an army takes whatever is added."))),
    ACCOUNTS(
            "accounts",
            Distinct.FAILURE_ACCOUNTS,
            Count.AUTH_FAILURES,
            "T1110",
            new Advice(
                    "Slow the guessing on %s without locking anybody out",
                    List.of(
                            "See whether one of the accounts was logged in to since: that one first.",
                            "Dovecot: auth_policy_server_url with weakforced, auth_failure_delay = 5s; Postfix:"
                                    + " smtpd_client_auth_rate_limit.",
                            "Close password logins on port 25: smtpd_sasl_auth_enable = no there, 587 and 465 only."),
                    "Different accounts with refused logins fall below half the floor.",
                    "Remove the settings and reload.",
                    List.of("Do not lock accounts after failures: the list's owner would lock out everybody on it."))),
    SENDERS(
            "senders",
            Distinct.SENDERS,
            Count.MESSAGES,
            "T1585.002",
            new Advice(
                    "Find the account or program on %s that sends under invented names",
                    List.of(
                            "The busiest accounts and working directories of these minutes are in the log: sasl_username=,"
                                    + " A=login:, cwd=.",
                            "Postfix: smtpd_sender_login_maps with reject_sender_login_mismatch; Exim: check"
                                    + " $sender_address against $authenticated_id in acl_smtp_mail.",
                            "Hold what it has queued before it leaves."),
                    "Different senders in ten minutes fall below half the floor.",
                    "Release what was held: postsuper -H ALL.",
                    List.of("Do not block by sender address: each is used once."))),
    DESTINATIONS(
            "destinations",
            Distinct.RECIPIENT_DOMAINS,
            Count.FIRST_ATTEMPTS,
            "T1585.002",
            new Advice(
                    "Find who on %s writes to a bought or invented list",
                    List.of(
                            "Who submitted the messages? sasl_username=, A=login:, cwd= in the lines of the same queue ids.",
                            "Hold that account's queue and stop its submissions; ask its owner."),
                    "Different destinations in ten minutes fall below half the floor.",
                    "Release what was held: postsuper -H ALL.",
                    List.of("Do not flush the queue: the lists' dead domains fill it again.")));

    private final String word;
    private final Distinct distinct;
    private final Count events;
    private final String technique;

    @SuppressWarnings("ImmutableEnumChecker") // an Advice copies its lists, which its type does not say
    private final Advice remedy;

    /** @param remedy its title has {@code %s} in the host's place */
    Names(String word, Distinct distinct, Count events, String technique, Advice remedy) {
        this.word = word;
        this.distinct = distinct;
        this.events = events;
        this.technique = technique;
        this.remedy = remedy;
    }

    /** What to do about them on this host. */
    Advice advice(String host) {
        return new Advice(
                remedy.title().formatted(host), remedy.steps(), remedy.verify(), remedy.rollback(), remedy.never());
    }

    /** Such as {@code clients}. */
    String word() {
        return word;
    }

    /** MITRE ATT&amp;CK. */
    String technique() {
        return technique;
    }

    /** What bears names of this kind. */
    Count events() {
        return events;
    }

    /** How many different names came, within 2.4 %. */
    long different(Tally tally) {
        return tally.distinct(distinct);
    }

    /** Share of different names among what bears them, 0 to 1. */
    double share(Tally tally) {
        long all = tally.count(events);
        return all == 0 ? 0 : Math.min(1, (double) different(tally) / all);
    }
}
