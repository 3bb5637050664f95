package postwarden.detect.loginafterfailures;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import postwarden.detect.reading.Cadence;
import postwarden.detect.reading.Evidence;
import postwarden.detect.reading.ForeignLogins;
import postwarden.detect.reading.Guessing;
import postwarden.detect.reading.Say;
import postwarden.tally.Baseline;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Mark;
import postwarden.tally.Pane;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/**
 * Somebody who never had logs in to an account at which somebody guessed: from an address that guessed, or from a system that
 * the account has never used. Asked where credentials are refused, where somebody logs in, and where the account sends. Late lines
 * only add to their pane; duplicates are removed before tallies.
 */
public final class LoginAfterFailuresDetector implements KeyDetector {
    private static final String ID = "login-after-failures";
    private static final int VERSION = 1;
    private static final Scope SCOPE = new Scope(ID, Watch.ACCOUNT, Span.FLEET, Set.of(Count.AUTH_FAILURES));
    /** Minutes of history from which it is asked. */
    private static final double YOUNG = 60;

    private final LoginAfterFailuresParams params;

    public LoginAfterFailuresDetector(LoginAfterFailuresParams params) {
        this.params = params;
    }

    @Override
    public Scope scope() {
        return SCOPE;
    }

    @Override
    public boolean mayConcern(Tally pane) {
        return pane.sum(Count.AUTH_FAILURES, Count.AUTH_SUCCESSES, Count.MESSAGES) > 0;
    }

    @Override
    public Optional<Finding> assess(View view, boolean open) {
        if (!open && !mayConcern(view.window(Pane.LENGTH))) {
            return Optional.empty();
        }
        double factor = open ? params.openFactor() : 1;
        // The floor before the rest: nearly every refused login is one person's mistyped password.
        if (view.window(params.window()).count(Count.AUTH_FAILURES) < factor * params.failures()) {
            return Optional.empty();
        }
        return ForeignLogins.in(view, params.window())
                .filter(logins -> logins.foreign() > 0 && !logins.guessing().isStale())
                .filter(logins -> afterCampaign(view, logins, factor, open) || afterGuesses(view, logins, factor))
                .map(logins -> finding(view, logins));
    }

    /**
     * After guesses from many addresses: one of them, or, when there are more guesses than on any day, somebody from where the
     * account has never been.
     */
    private boolean afterCampaign(View view, ForeignLogins logins, double factor, boolean open) {
        if (logins.guessing().strangers() < factor * params.sources()) {
            return false;
        }
        boolean elsewhere = logins.newSystems() > 0 && (logins.isSurelyForeign() || logins.dormant());
        return logins.guessers() > 0 || (elsewhere && (open || isUnusual(view, logins.guessing())));
    }

    private boolean isUnusual(View view, Guessing guessing) {
        Baseline baseline = view.baseline(Count.AUTH_FAILURES);
        double minutes = params.window().toSeconds() / 60.0;
        return baseline.windows() < YOUNG
                || baseline.tail((double) guessing.failures(), minutes, params.usual()) < params.excess();
    }

    /**
     * After guesses from few addresses: one of these, after more tries than a person makes, and not as evenly as a device, which
     * may be at an address that the account's history has not, until its password is mended. Several devices together are no
     * timer, but all of them are where the account has been used.
     */
    private boolean afterGuesses(View view, ForeignLogins logins, double factor) {
        Guessing guessing = logins.guessing();
        boolean lasting =
                Duration.between(guessing.onset(), Pane.end(view.pane())).compareTo(params.persons()) > 0;
        boolean elsewhere = lasting && logins.newSystems() > 0 && logins.isSurelyForeign();
        return logins.tries() >= factor * (elsewhere ? params.perForeignSource() : params.perSource())
                && logins.guessers() > 0
                && (logins.newSystems() > 0 || !isAcquainted(view))
                && !Cadence.since(view, guessing.onset(), Count.AUTH_FAILURES).isTimer(params.devicePerMinute());
    }

    private boolean isAcquainted(View view) {
        return view.baseline(Count.AUTH_FAILURES).windows()
                >= params.acquainted().toMinutes();
    }

    private Finding finding(View view, ForeignLogins logins) {
        String account = view.key().name();
        Tally window = view.window(params.window());
        Guessing guessing = logins.guessing();
        List<Cause> causes = causes(logins);
        return new Finding(
                ID,
                VERSION,
                view.key(),
                view.host(),
                view.pane(),
                Subject.account(account),
                onset(view),
                grade(logins),
                causes.get(0).weight(),
                causes,
                "A stranger logged in to " + Say.printable(account) + " after "
                        + Say.count(guessing.failures(), "refused login"),
                summary(view, logins),
                new TreeMap<>(Map.of(
                        "hosts",
                        (double) view.hosts(params.window()).size(),
                        "authFailures",
                        (double) guessing.failures(),
                        "distinctFailureClients",
                        (double) guessing.sources(),
                        "distinctUnknownFailureClients",
                        (double) guessing.strangers(),
                        "foreignLoginClients",
                        (double) logins.foreign(),
                        "foreignLoginClientsThatGuessed",
                        (double) logins.guessers(),
                        "newLoginSystems",
                        (double) logins.newSystems(),
                        Distinct.PASSWORDS.measure(),
                        (double) guessing.passwords())),
                new TreeMap<>(Map.of("authFailures", (double) params.failures(), "foreignLoginClients", 1.0)),
                Map.of(),
                Evidence.of(List.of(
                        window.samples(Count.LOGINS_AFTER_REFUSAL),
                        since(view, guessing).samples(Count.AUTH_SUCCESSES),
                        window.samples(Count.AUTH_FAILURES),
                        window.samples(Count.MESSAGES))),
                IntrusionAdvice.of(account, window),
                guessing.strangers() >= params.sources() ? "T1110.004" : "T1078",
                window.has(Mark.LOG_GAP),
                blindSpots(logins));
    }

    private static Grade grade(ForeignLogins logins) {
        return logins.guessers() > 0 || logins.isSurelyForeign()
                ? Severity.HIGH.because("somebody may be in the mailbox at this moment")
                : Severity.MEDIUM.because("nobody used the account for days, so it may be its owner who is back");
    }

    private static Tally since(View view, Guessing guessing) {
        return ForeignLogins.since(view, guessing.onset());
    }

    /** The first login of a client that had just been refused, where there is one. */
    private Instant onset(View view) {
        return view.firstWithin(params.window(), Count.LOGINS_AFTER_REFUSAL).orElse(Pane.start(view.pane()));
    }

    private static List<Cause> causes(ForeignLogins logins) {
        double guessed = 0.6 + (logins.guessers() > 0 ? 0.25 : 0) + (logins.hasHistory() ? 0.1 : 0);
        return List.of(
                new Cause(
                        "GUESSED_PASSWORD",
                        guessed,
                        logins.foreign() + " of " + logins.logins()
                                + " addresses that logged in since had never done so, " + logins.guessers()
                                + " of them had been refused before"),
                new Cause(
                        "OWNER_ELSEWHERE",
                        1 - guessed,
                        logins.newSystems()
                                + " of the networks that logged in since are new to the account; owners travel"
                                + " and change providers, and may do so while somebody else guesses"));
    }

    private static String summary(View view, ForeignLogins logins) {
        Guessing guessing = logins.guessing();
        return "Since " + guessing.onset() + " " + guessing.failures() + " logins were refused from "
                + Say.count(guessing.sources(), "address") + ". Then " + logins.foreign()
                + " addresses logged in that never had, " + logins.guessers()
                + " of which had guessed. Nothing is known to have been sent for somebody else yet. Addresses since, refused"
                + " or let in: "
                + Say.printable(String.join(", ", since(view, guessing).topNames("client:", 5))) + ".";
    }

    private static List<String> blindSpots(ForeignLogins logins) {
        List<String> blind = new ArrayList<>();
        if (!logins.hasHistory()) {
            blind.add(
                    logins.dormant()
                            ? "No login of the account is known from before this hour, so neither are its owner's addresses."
                            : "The account has been watched for less than an hour, so its owner's addresses are not known for"
                                    + " sure.");
        }
        if (logins.guessing().passwords() == 0) {
            blind.add("Whether different passwords were tried is not logged.");
        }
        return blind;
    }
}
