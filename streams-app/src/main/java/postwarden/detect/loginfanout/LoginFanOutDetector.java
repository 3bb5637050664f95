package postwarden.detect.loginfanout;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import postwarden.detect.Advice;
import postwarden.detect.Cause;
import postwarden.detect.Finding;
import postwarden.detect.KeyDetector;
import postwarden.detect.Scope;
import postwarden.detect.Severity;
import postwarden.detect.Span;
import postwarden.detect.Subject;
import postwarden.detect.View;
import postwarden.detect.reading.Evidence;
import postwarden.detect.reading.Guessing;
import postwarden.detect.reading.Onset;
import postwarden.detect.reading.Say;
import postwarden.detect.reading.Spread;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Mark;
import postwarden.tally.Pane;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/**
 * One account is logged in to from more places at once than its owner can be: many addresses, in several systems that it has
 * never used. Looked at where the account sends, or where one pane has logins from two addresses. Late lines only add to their
 * pane; duplicates are removed before tallies.
 */
public final class LoginFanOutDetector implements KeyDetector {
    private static final String ID = "login-fan-out";
    private static final int VERSION = 1;
    private static final Scope SCOPE = new Scope(ID, Watch.ACCOUNT, Span.FLEET, Set.of());
    private static final Duration HOUR = Duration.ofHours(1);

    private final LoginFanOutParams params;

    public LoginFanOutDetector(LoginFanOutParams params) {
        this.params = params;
    }

    @Override
    public Scope scope() {
        return SCOPE;
    }

    @Override
    public boolean mayConcern(Tally pane) {
        return pane.count(Count.MESSAGES) > 0 || pane.distinct(Distinct.SUCCESS_CLIENTS) > 1;
    }

    @Override
    public Optional<Finding> assess(View view, boolean open) {
        if (!open && !mayConcern(view.window(Pane.LENGTH))) {
            return Optional.empty();
        }
        Optional<Finding> fast = assess(view, open, params.window(), 1);
        return fast.isPresent() ? fast : assess(view, open, params.slowWindow(), params.slowFactor());
    }

    private Optional<Finding> assess(View view, boolean open, Duration window, double floors) {
        double factor = floors * (open ? params.openFactor() : 1);
        if (view.window(window).distinct(Distinct.SUCCESS_CLIENTS) < factor * params.clients()) {
            return Optional.empty();
        }
        Spread spread = Spread.in(view, window);
        boolean wide = spread.systems() >= factor * params.systems()
                && spread.newSystems() >= factor * params.newSystems()
                && spread.fresh() * 2 >= spread.clients();
        boolean goesOn = open && spread.systems() >= factor * params.systems();
        return goesOn || (wide && isLearnt(view, window) && !isGuessed(view))
                ? Optional.of(finding(view, window, floors, spread))
                : Optional.empty();
    }

    /** Whether the account was in use for so long before the window that its other devices would have shown themselves. */
    private boolean isLearnt(View view, Duration window) {
        if (hasHistory(view, window)) {
            return true;
        }
        Instant now = Pane.end(view.pane());
        return window.compareTo(params.learning()) < 0
                && view.firstWithin(HOUR, Count.AUTH_SUCCESSES)
                        .filter(first -> !first.plus(params.learning()).isAfter(now))
                        .isPresent();
    }

    /** Whether more logins are known from more than an hour ago than the window has. */
    private static boolean hasHistory(View view, Duration window) {
        return view.past().count(Count.AUTH_SUCCESSES) >= view.window(window).count(Count.AUTH_SUCCESSES);
    }

    /** Who logs in after guesses is told by login-after-failures. */
    private boolean isGuessed(View view) {
        return Guessing.in(view, params.guessingWindow())
                .filter(guessing -> guessing.failures() >= params.guesses() && !guessing.isStale())
                .isPresent();
    }

    private Finding finding(View view, Duration window, double floors, Spread spread) {
        String account = view.key().name();
        Tally now = view.window(window);
        List<Cause> causes = causes(now, spread);
        return new Finding(
                ID,
                VERSION,
                view.key(),
                view.host(),
                view.pane(),
                Subject.account(account),
                Onset.of(view, window, Count.AUTH_SUCCESSES),
                hasHistory(view, window)
                        ? Severity.HIGH.because("the account is known for long enough to say that this is not its way")
                        : Severity.MEDIUM.because("little is known of where the account is used as a rule"),
                causes.get(0).weight(),
                causes,
                Say.printable(account) + " is logged in to from " + Say.count(spread.clients(), "address") + " in "
                        + spread.systems() + " networks within " + window.toMinutes() + " min",
                spread.newSystems() + " of the networks are new to the account, and " + spread.fresh()
                        + " of the addresses. " + Say.count(now.count(Count.MESSAGES), "message")
                        + " were sent meanwhile. Addresses: "
                        + Say.printable(String.join(", ", now.topNames("client:", 5))) + ".",
                new TreeMap<>(Map.of(
                        "windowMinutes",
                        (double) window.toMinutes(),
                        Distinct.SUCCESS_CLIENTS.measure(),
                        (double) spread.clients(),
                        Distinct.SUCCESS_NETWORKS.measure(),
                        (double) spread.networks(),
                        Distinct.SUCCESS_SYSTEMS.measure(),
                        (double) spread.systems(),
                        "newSuccessClients",
                        (double) spread.fresh(),
                        "newSuccessSystems",
                        (double) spread.newSystems())),
                new TreeMap<>(Map.of(
                        Distinct.SUCCESS_CLIENTS.measure(),
                        floors * params.clients(),
                        Distinct.SUCCESS_SYSTEMS.measure(),
                        floors * params.systems(),
                        "newSuccessSystems",
                        floors * params.newSystems())),
                Map.of(),
                Evidence.of(now, Count.AUTH_SUCCESSES, Count.MESSAGES),
                List.of(advice(account, now)),
                "T1078",
                now.has(Mark.LOG_GAP),
                blindSpots(spread));
    }

    private static List<Cause> causes(Tally now, Spread spread) {
        double stolen =
                0.6 + (spread.known() > 0 ? 0.15 : 0) + (now.count(Count.MESSAGES) > spread.clients() ? 0.1 : 0);
        return List.of(
                new Cause(
                        "SHARED_BY_THIEVES",
                        stolen,
                        Say.count(spread.clients(), "address") + " in " + spread.systems() + " networks at once, "
                                + spread.newSystems() + " of the networks never used before"),
                new Cause(
                        "ROAMING_OR_VPN",
                        (1 - stolen) * 0.5,
                        "a VPN or a carrier's address translation changes addresses too, but within few networks"),
                new Cause(
                        "SHARED_MAILBOX",
                        (1 - stolen) * 0.5,
                        "a mailbox of many people is read from many places, but from the same ones every day"));
    }

    private static Advice advice(String account, Tally now) {
        String name = Say.shell(account);
        List<String> steps = new ArrayList<>();
        steps.add("First see the addresses and whose they are: " + Say.lastLines(account) + "; whois ADDRESS");
        steps.add("First ask the owner by telephone: a VPN, a mail service that fetches, several people?");
        steps.add("If it is not theirs: new password, revoke application passwords, doveadm kick " + name
                + "; doveadm auth cache flush " + name);
        if (now.has(Mark.POSTFIX)) {
            steps.add("Hold its sending (Postfix): " + Say.shell(account + " REJECT account held, call the helpdesk")
                    + " in /etc/postfix/sasl_access, postmap it, and check_sasl_access hash:/etc/postfix/sasl_access first in"
                    + " smtpd_recipient_restrictions of submission");
        }
        if (now.has(Mark.EXIM)) {
            steps.add("Hold its sending (Exim): " + name + " in /etc/exim4/blocked_logins, denied in the ACL of MAIL by"
                    + " $authenticated_id; cPanel: uapi --user=CPANEL_USER Email hold_outgoing email=" + name);
        }
        if (now.has(Mark.DOVECOT)) {
            steps.add("Dovecot: limit the account to its owner's networks with the passdb extra field allow_nets.");
        }
        return new Advice(
                "Find out who else uses " + Say.printable(account),
                steps,
                "Logins of the account come from its owner's networks only.",
                "Take the account out of sasl_access or blocked_logins, and allow_nets out again.",
                List.of(
                        "Do not ban the addresses one by one: a thief has more, and carriers share theirs among thousands.",
                        "Do not only change the password: sessions that are logged in go on working."));
    }

    private static List<String> blindSpots(Spread spread) {
        List<String> blind = new ArrayList<>();
        blind.add(
                "Networks are the autonomous systems of networks.asn-database where one is configured; else /16 and /32"
                        + " prefixes, of which a provider has several.");
        if (spread.known() == 0) {
            blind.add(
                    "The account has been watched for less than an hour, so its owner's networks are not known for sure.");
        }
        return blind;
    }
}
