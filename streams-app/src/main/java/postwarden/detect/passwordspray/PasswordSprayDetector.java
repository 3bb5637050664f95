package postwarden.detect.passwordspray;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import postwarden.detect.Cause;
import postwarden.detect.Finding;
import postwarden.detect.KeyDetector;
import postwarden.detect.Scope;
import postwarden.detect.Severity;
import postwarden.detect.Span;
import postwarden.detect.Subject;
import postwarden.detect.Usual;
import postwarden.detect.View;
import postwarden.detect.reading.Evidence;
import postwarden.detect.reading.Onset;
import postwarden.detect.reading.Say;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Mark;
import postwarden.tally.Pane;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/**
 * Many clients try passwords on many accounts of one host, each too few for a limit by address: a few on each account, or any
 * number on each from many clients. Late lines only add to their pane; duplicates are removed before tallies.
 */
public final class PasswordSprayDetector implements KeyDetector {
    private static final String ID = "password-spray";
    private static final int VERSION = 1;
    private static final Scope SCOPE = new Scope(ID, Watch.SERVER, Span.HOST, Set.of(Count.AUTH_FAILURES));
    /** Usual logins of a window from which their falling says something. */
    private static final double ENOUGH_LOGINS = 10;
    /** An outage is seen by its last two minutes first, where so many logins are usual in them. */
    private static final Duration LATELY = Duration.ofMinutes(2);

    private static final double ENOUGH_LATELY = 5;
    /** Windows before the last that are held against it. */
    private static final int BEFORE = 3;

    private final PasswordSprayParams params;

    public PasswordSprayDetector(PasswordSprayParams params) {
        this.params = params;
    }

    @Override
    public Scope scope() {
        return SCOPE;
    }

    /** A guesser's hundreds are no host's usual: after him a campaign would be hidden for a day. */
    @Override
    public Map<Count, ToLongFunction<Tally>> lessons() {
        return Map.of(Count.AUTH_FAILURES, minute -> Refusals.scattered(minute, params.triesPerMinute()));
    }

    @Override
    public boolean mayConcern(Tally pane) {
        return pane.count(Count.AUTH_FAILURES) > 0;
    }

    @Override
    public Optional<Finding> assess(View view, boolean open) {
        if (!open && !mayConcern(view.window(Pane.LENGTH))) {
            return Optional.empty();
        }
        double factor = open ? params.openFactor() : 1;
        Tally recent = view.window(params.window());
        // A slow campaign has a part of its accounts in any ten minutes; the hour is summed up for few panes only.
        long met = Math.max(recent.distinct(Distinct.FAILURE_ACCOUNTS), recent.distinct(Distinct.FAILURE_CLIENTS));
        if (met * 6 < factor * params.accounts()) {
            return Optional.empty();
        }
        Refusals fast = Refusals.in(view, params.window(), params);
        Refusals slow = Refusals.in(view, params.slowWindow(), params);
        boolean isFast = isSpray(view, fast, open);
        if (isSharing(slow, factor) || isSpray(view, slow, open)) {
            // The hour says how often each account is tried; ten minutes of a slow campaign do not.
            return Optional.of(finding(view, isFast && !isGuessing(slow) ? fast : slow));
        }
        return isFast ? Optional.of(finding(view, fast)) : Optional.empty();
    }

    /**
     * Whether each account is tried so often, and from so many clients, that it is its passwords that are guessed. Equal passwords
     * are proof of a few accounts, too few to say what is done to each.
     */
    private boolean isGuessing(Refusals refusals) {
        return refusals.accountsBeyond() >= params.openFactor() * params.accounts()
                && refusals.triesPerAccount() >= params.guessingTries()
                && isFromMany(refusals, 1);
    }

    /** Equal passwords are proof enough, from however few clients, as long as no single one is meant. */
    private boolean isSharing(Refusals refusals, double factor) {
        return refusals.sharing() >= factor * params.sharing() && refusals.sources() >= factor * params.sources();
    }

    private boolean isSpray(View view, Refusals refusals, boolean open) {
        double factor = open ? params.openFactor() : 1;
        return refusals.accountsBeyond() >= factor * params.accounts()
                && refusals.sources() >= factor * params.sources()
                && (refusals.triesPerAccount() <= params.triesPerAccount() / factor || isFromMany(refusals, factor))
                && (open || (isUnusual(refusals) && isLasting(view) && !isOutage(view) && !refusals.areOwners()));
    }

    /** However often an account is tried: from so many clients it is neither its owner nor his devices. */
    private boolean isFromMany(Refusals refusals, double factor) {
        return refusals.sourcesPerAccount() >= factor * params.sourcesPerAccount();
    }

    private boolean isUnusual(Refusals refusals) {
        boolean young = refusals.ordinary().baseline().windows() == 0;
        boolean many = refusals.accountsFarBeyond() >= params.immediateFactor() * params.accounts();
        return refusals.ordinary().tail() < (many ? params.immediateTail() : params.tail())
                && !(young && !isSureOfYoung(refusals));
    }

    private boolean isSureOfYoung(Refusals refusals) {
        return refusals.refusedShare() >= params.youngShare()
                && refusals.failures() >= params.youngFactor() * refusals.expected();
    }

    private boolean isLasting(View view) {
        return params.persistence().met(view, minute -> minute.count(Count.AUTH_FAILURES) > 0);
    }

    /** Whether the host grants far fewer logins than in the minutes before: then it refuses its own users as well. */
    private boolean isOutage(View view) {
        long panes = Pane.count(params.window());
        double now = view.window(params.window()).count(Count.AUTH_SUCCESSES);
        double before = 0;
        for (int i = 1; i <= BEFORE; i++) {
            before = Math.max(
                    before, (double) view.window(params.window(), i * panes).count(Count.AUTH_SUCCESSES));
        }
        double share = (double) LATELY.toSeconds() / params.window().toSeconds();
        double lately = view.window(LATELY).count(Count.AUTH_SUCCESSES);
        return (before >= ENOUGH_LOGINS && now < params.outageShare() * before)
                || (before * share >= ENOUGH_LATELY && lately < params.outageShare() * before * share);
    }

    private Finding finding(View view, Refusals refusals) {
        String host = view.host();
        Tally window = view.window(refusals.span());
        return new Finding(
                ID,
                VERSION,
                view.key(),
                host,
                view.pane(),
                new Subject(host, "", "", "", "", "", ""),
                Onset.of(view, refusals.span(), Count.AUTH_FAILURES),
                refusals.named()
                        ? Severity.HIGH.because("many accounts are tried, so one weak password among them is enough")
                        : Severity.MEDIUM.because("which accounts are tried is not logged, so they may be few"),
                causes(refusals).get(0).weight(),
                causes(refusals),
                title(host, refusals, isGuessing(refusals)),
                summary(refusals),
                measures(refusals),
                thresholds(),
                Map.of("authFailures", Usual.of(refusals.ordinary().baseline(), params.usual())),
                Evidence.of(window, Count.AUTH_FAILURES),
                SprayAdvice.of(host, window),
                isGuessing(refusals) ? "T1110.001" : "T1110.003",
                window.has(Mark.LOG_GAP),
                blindSpots(refusals));
    }

    private List<Cause> causes(Refusals refusals) {
        double proof = refusals.sharing() >= params.sharing() ? 0.95 : 0.8;
        double single = refusals.named() ? 0 : 0.3;
        List<Cause> causes = new ArrayList<>();
        boolean often = isGuessing(refusals);
        causes.add(new Cause(often ? "DISTRIBUTED_GUESSING" : "PASSWORD_SPRAY", proof - single, because(refusals)));
        if (single > 0) {
            causes.add(new Cause(
                    "DISTRIBUTED_GUESSING", single, "which accounts are tried is not logged; it may be a single one"));
        }
        causes.add(new Cause(
                "AUTHENTICATION_TROUBLE",
                (1 - proof) * 0.6,
                "an authentication service that fails refuses everybody, but "
                        + Say.count(refusals.successes(), "login") + " were granted meanwhile"));
        causes.add(new Cause(
                "CHANGED_PASSWORDS",
                (1 - proof) * 0.4,
                "after passwords were changed for many, devices are refused from where they logged in before, and"
                        + " each one often"));
        return causes;
    }

    private static String because(Refusals refusals) {
        String sharing = refusals.sharing() == 0
                ? ""
                : "; at least " + refusals.sharing()
                        + " accounts were tried with a password that was tried on others too";
        return Say.number(refusals.triesPerAccount()) + " tries for each account beyond what is usual, from "
                + Say.count(refusals.sources(), "address") + sharing;
    }

    private static String title(String host, Refusals refusals, boolean often) {
        String passwords = often ? "some " + Math.round(refusals.triesPerAccount()) : "a few";
        String tried = refusals.named()
                ? refusals.accounts() + " accounts of " + host + " are tried with " + passwords + " passwords each"
                : "Accounts of " + host + " are tried that it does not log";
        return tried + ", from " + Say.count(refusals.sources(), "address");
    }

    private static String summary(Refusals refusals) {
        return refusals.failures() + " logins were refused within "
                + refusals.span().toMinutes() + " min, where "
                + Say.number(refusals.expected())
                + " are usual. It is the sum that tells: hardly an address or an account reaches a limit of its own. "
                + "An account with a weak password may already be open: look for logins from the same addresses.";
    }

    private static SortedMap<String, Double> measures(Refusals refusals) {
        return new TreeMap<>(Map.of(
                "windowMinutes", (double) refusals.span().toMinutes(),
                "authFailures", (double) refusals.failures(),
                "authSuccesses", (double) refusals.successes(),
                "distinctFailureAccounts", (double) refusals.accounts(),
                "distinctFailureClients", (double) refusals.sources(),
                "triesPerAccount", refusals.triesPerAccount(),
                "sourcesPerAccount", refusals.sourcesPerAccount(),
                "accountsSharingPasswords", (double) refusals.sharing(),
                "distinctPasswords", (double) refusals.passwords()));
    }

    private SortedMap<String, Double> thresholds() {
        return new TreeMap<>(Map.of(
                "distinctFailureAccounts", (double) params.accounts(),
                "distinctFailureClients", (double) params.sources(),
                "triesPerAccount", params.triesPerAccount(),
                "sourcesPerAccount", params.sourcesPerAccount(),
                "accountsSharingPasswords", (double) params.sharing()));
    }

    private static List<String> blindSpots(Refusals refusals) {
        List<String> blind = new ArrayList<>();
        if (refusals.passwords() == 0) {
            blind.add(
                    "Whether the same passwords go round is not known: Dovecot logs a short hash with auth_verbose = yes"
                            + " and auth_verbose_passwords = sha1:6, and the producer keys it (redaction.key-file); Postfix logs"
                            + " none.");
        }
        if (!refusals.named()) {
            blind.add("Which accounts are tried is not logged: Postfix names them from 3.7.8 and 3.8.3 on, Dovecot with"
                    + " auth_verbose = yes.");
        }
        if (refusals.named()) {
            blind.add(
                    "Who tries each account often, and from one to three addresses, looks like people and their devices.");
        }
        blind.add("A campaign that tries fewer than ten accounts of each host within an hour is not seen here.");
        return blind;
    }
}
