package postwarden.detect.bruteforce;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import postwarden.detect.Cause;
import postwarden.detect.Finding;
import postwarden.detect.Grade;
import postwarden.detect.KeyDetector;
import postwarden.detect.Scope;
import postwarden.detect.Severity;
import postwarden.detect.Span;
import postwarden.detect.Subject;
import postwarden.detect.View;
import postwarden.detect.reading.Evidence;
import postwarden.detect.reading.Say;
import postwarden.tally.Count;
import postwarden.tally.Mark;
import postwarden.tally.Pane;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/**
 * One client guesses passwords, at one host or at many: many accounts, many passwords, or one account more often and less
 * evenly than any device. Late lines only add to their pane; duplicates are removed before tallies.
 */
public final class BruteForceDetector implements KeyDetector {
    private static final String ID = "brute-force";
    private static final int VERSION = 1;
    private static final Scope SCOPE = new Scope(ID, Watch.CLIENT, Span.FLEET, Set.of());

    private final BruteForceParams params;

    public BruteForceDetector(BruteForceParams params) {
        this.params = params;
    }

    @Override
    public Scope scope() {
        return SCOPE;
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
        Optional<Finding> fast = assess(view, open, params.window(), 1);
        Optional<Finding> slow = fast.isPresent() ? fast : assess(view, open, params.slowWindow(), params.slowFactor());
        return slow.isPresent() ? slow : assessFront(view, open ? params.openFactor() : 1);
    }

    private Optional<Finding> assessFront(View view, double factor) {
        Duration window = params.front().window();
        if (view.window(window).count(Count.AUTH_FAILURES)
                < factor * params.front().failures()) {
            return Optional.empty();
        }
        return ClientGuesses.in(view, window)
                .flatMap(guesses -> Front.tried(view, guesses, params.front(), factor)
                        .map(front -> finding(view, window, guesses, told(front, guesses))));
    }

    private Optional<Finding> assess(View view, boolean open, Duration window, double floors) {
        double factor = floors * (open ? params.openFactor() : 1);
        // The floor before the rest: nearly every refused login is one person's mistyped password.
        if (view.window(window).count(Count.AUTH_FAILURES) < factor * params.failures()) {
            return Optional.empty();
        }
        return ClientGuesses.in(view, window)
                .filter(guesses -> isGuessing(guesses, factor) && !arePeople(guesses))
                .filter(guesses -> !Front.is(view.window(window), guesses, params.front()) || guesses.areStrangers())
                .filter(guesses -> open || (!isShared(guesses) && isLasting(view, guesses)))
                .map(guesses -> finding(view, window, guesses, told(view, window, floors, guesses)));
    }

    private boolean isGuessing(ClientGuesses guesses, double factor) {
        if (guesses.strangers() == 0) {
            // Accounts that are used from this address: a person who forgot, or a device with an old password.
            return false;
        }
        return guesses.strangers() >= factor * params.accounts()
                || guesses.passwords() >= Math.min(1, factor) * params.passwords()
                || isMoreThanADevice(guesses, factor);
    }

    /** Where passwords are logged, few different ones are a device's; where they are not, the timing tells. */
    private boolean isMoreThanADevice(ClientGuesses guesses, double factor) {
        return guesses.passwords() == 0
                && !areItsOwnPeople(guesses)
                && guesses.failures() >= factor * params.unknownFactor() * params.failures()
                && !guesses.cadence().isTimer(params.devicePerMinute());
    }

    /** Several who log in from there are refused at once, and more than others: a service that fails refuses an office. */
    private boolean areItsOwnPeople(ClientGuesses guesses) {
        long own = guesses.accounts() - guesses.strangers();
        return own >= params.accounts() && own > guesses.strangers();
    }

    /** A class, a new office: all are strangers there and mistype, and nearly all of them know their passwords after all. */
    private boolean arePeople(ClientGuesses guesses) {
        return guesses.taken() >= params.accounts()
                && guesses.taken() * 2 > guesses.strangers()
                && guesses.triesPerAccount() <= params.mistypes();
    }

    private boolean isShared(ClientGuesses guesses) {
        return guesses.isAtWork() && guesses.never() < params.sharedFactor() * params.accounts();
    }

    /** An address from which nobody ever logged in is not one whose people an authentication service refuses for a moment. */
    private boolean isLasting(View view, ClientGuesses guesses) {
        return isHuge(guesses)
                || guesses.users() == 0
                || params.persistence().met(view, minute -> minute.count(Count.AUTH_FAILURES) > 0);
    }

    private boolean isHuge(ClientGuesses guesses) {
        return guesses.failures() >= params.immediateFactor() * params.failures();
    }

    /** What differs between a stranger who guesses and a machine of ours that passes guesses on. */
    private record Told(Grade grade, List<Cause> causes, SortedMap<String, Double> thresholds) {}

    private Told told(View view, Duration span, double floors, ClientGuesses guesses) {
        boolean spray = guesses.isSpray(params.accounts());
        return new Told(
                grade(view, span, guesses),
                GuessCauses.of(view.window(span), guesses, spray),
                new TreeMap<>(Map.of(
                        "authFailures", floors * params.failures(),
                        "distinctUnknownFailureAccounts", floors * params.accounts(),
                        "distinctPasswords", (double) params.passwords())));
    }

    private Told told(Front front, ClientGuesses guesses) {
        return new Told(
                front.grade(),
                front.causes(guesses),
                new TreeMap<>(Map.of(
                        "authFailures", (double) params.front().failures(),
                        "distinctFailureAccounts", (double) params.front().accounts())));
    }

    private Finding finding(View view, Duration span, ClientGuesses guesses, Told told) {
        String client = view.key().name();
        Tally window = view.window(span);
        boolean spray = guesses.isSpray(params.accounts());
        return new Finding(
                ID,
                VERSION,
                view.key(),
                view.host(),
                view.pane(),
                Subject.client(view.host(), client),
                guesses.onset(),
                told.grade(),
                told.causes().get(0).weight(),
                told.causes(),
                title(client, guesses),
                summary(view, span, guesses),
                measures(view, span, guesses),
                told.thresholds(),
                Map.of(),
                Evidence.of(window, Count.AUTH_FAILURES, Count.AUTH_SUCCESSES),
                GuessAdvice.of(client, window, guesses),
                spray ? "T1110.003" : "T1110.001",
                window.has(Mark.LOG_GAP),
                blindSpots(window, guesses));
    }

    private Grade grade(View view, Duration span, ClientGuesses guesses) {
        if (guesses.taken() > 0) {
            return Severity.HIGH.because("a login of an account that it tried has succeeded");
        }
        if (isHuge(guesses)) {
            return Severity.HIGH.because("it tries so much that a weak password falls within hours");
        }
        if (view.found(ID).filter(Severity.HIGH::equals).isPresent()) {
            // Its ten minutes run out before its hour does, which would tell it up and down.
            return Severity.HIGH.because("it tried so much while it lasted that a weak password may have fallen");
        }
        int hosts = Math.max(1, view.hosts(span).size());
        return guesses.failures() < params.thinPerHost() * hosts
                ? Severity.LOW.because("a few tries at each host, as every host on the Internet sees them")
                : Severity.MEDIUM.because("no login has succeeded");
    }

    private static SortedMap<String, Double> measures(View view, Duration span, ClientGuesses guesses) {
        return new TreeMap<>(Map.of(
                "hosts", (double) view.hosts(span).size(),
                "windowMinutes", (double) span.toMinutes(),
                "authFailures", (double) guesses.failures(),
                "distinctFailureAccounts", (double) guesses.accounts(),
                "distinctUnknownFailureAccounts", (double) guesses.strangers(),
                "distinctPasswords", (double) guesses.passwords(),
                "triesPerAccount", guesses.triesPerAccount(),
                "authSuccesses", (double) guesses.successes(),
                "accountsTaken", (double) guesses.taken()));
    }

    private static String title(String client, ClientGuesses guesses) {
        String taken = guesses.taken() == 0 ? "" : ", and got into " + Say.count(guesses.taken(), "account");
        return client + " guesses passwords: " + Say.count(guesses.failures(), "refused login") + " for "
                + (guesses.accounts() == 0 ? "accounts that are not logged" : Say.count(guesses.accounts(), "account"))
                + taken;
    }

    private static String summary(View view, Duration span, ClientGuesses guesses) {
        return "Within " + span.toMinutes() + " min, on "
                + Say.count(view.hosts(span).size(), "host") + ", " + Say.number(guesses.triesPerAccount())
                + " tries for each account; "
                + guesses.strangers() + " of the accounts had never logged in from it. "
                + (guesses.successes() == 0
                        ? "No login from it was granted."
                        : Say.count(guesses.successes(), "login") + " from it were granted, as "
                                + Say.count(guesses.users(), "account") + ".");
    }

    private static List<String> blindSpots(Tally window, ClientGuesses guesses) {
        List<String> blind = new ArrayList<>();
        if (guesses.passwords() == 0) {
            blind.add(
                    "Whether different passwords are tried is not known, only how often and how evenly: Dovecot logs a"
                            + " short hash with auth_verbose = yes and auth_verbose_passwords = sha1:6, Postfix logs none.");
        }
        if (guesses.accounts() == 0 && window.has(Mark.POSTFIX)) {
            blind.add(
                    "Which accounts are tried is not known: Postfix logs sasl_username of a refused login from 3.7.8 and 3.8.3 on.");
        }
        if (guesses.successes() > 0) {
            blind.add("Several people may share the address.");
        }
        return blind;
    }
}
