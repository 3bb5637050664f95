package postwarden.detect.stalecredential;

import java.time.Duration;
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
import postwarden.detect.reading.Cadence;
import postwarden.detect.reading.Evidence;
import postwarden.detect.reading.Guessing;
import postwarden.detect.reading.Say;
import postwarden.tally.Count;
import postwarden.tally.Mark;
import postwarden.tally.Pane;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/**
 * A device goes on with an old password: one password over and over, or, where passwords are not logged, refusals as even as
 * a timer from where the account has logged in. No attack; the owner should know. Late lines only add to their pane;
 * duplicates are removed before tallies.
 */
public final class StaleCredentialDetector implements KeyDetector {
    private static final String ID = "stale-credential";
    private static final int VERSION = 1;
    private static final Scope SCOPE = new Scope(ID, Watch.ACCOUNT, Span.FLEET, Set.of());

    private final StaleCredentialParams params;

    public StaleCredentialDetector(StaleCredentialParams params) {
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
        double factor = open ? params.openFactor() : 1;
        if (view.window(params.window()).count(Count.AUTH_FAILURES) < factor * params.failures()) {
            return Optional.empty();
        }
        return Guessing.in(view, params.window())
                .filter(refused -> open || isLasting(view, refused))
                .filter(refused -> isOnePassword(refused) || isTimer(view, refused, factor))
                .map(refused -> finding(view, refused));
    }

    private boolean isLasting(View view, Guessing refused) {
        return Duration.between(refused.onset(), Pane.end(view.pane())).compareTo(params.lasting()) >= 0;
    }

    /** The same password from many strangers would be one that leaked. */
    private boolean isOnePassword(Guessing refused) {
        return refused.passwords() == 1 && refused.isToldByPasswords() && refused.strangers() <= params.sources();
    }

    private boolean isTimer(View view, Guessing refused, double factor) {
        return refused.passwords() == 0
                && refused.sources() > 0
                && refused.strangers() == 0
                && refused.failures() >= factor * params.unknownFailures()
                && Cadence.since(view, refused.onset(), Count.AUTH_FAILURES).isTimer(params.devicePerMinute());
    }

    private Finding finding(View view, Guessing refused) {
        String account = view.key().name();
        Tally window = view.window(params.window());
        double sure = refused.passwords() == 1 ? 0.95 : 0.85;
        return new Finding(
                ID,
                VERSION,
                view.key(),
                view.host(),
                view.pane(),
                Subject.account(account),
                refused.onset(),
                Severity.INFO.because("nobody attacks; somebody's mail program wants its new password"),
                sure,
                List.of(
                        new Cause("STALE_CREDENTIAL", sure, because(refused)),
                        new Cause(
                                "PASSWORD_GUESSING",
                                1 - sure,
                                "somebody may try one leaked password, but then not as evenly and not from here")),
                "A device of " + Say.printable(account) + " goes on with an old password: "
                        + Say.count(refused.failures(), "refused login"),
                refusals(window) + " It costs nothing but log lines, and may get"
                        + " the address banned by limits that cannot tell it from guessing.",
                new TreeMap<>(Map.of(
                        "authFailures", (double) refused.failures(),
                        "distinctFailureClients", (double) refused.sources(),
                        "distinctUnknownFailureClients", (double) refused.strangers(),
                        "distinctPasswords", (double) refused.passwords())),
                new TreeMap<>(Map.of("authFailures", (double)
                        (refused.passwords() == 1 ? params.failures() : params.unknownFailures()))),
                Map.of(),
                Evidence.of(window, Count.AUTH_FAILURES),
                List.of(advice(account, window)),
                "",
                window.has(Mark.LOG_GAP),
                refused.passwords() == 1
                        ? List.of()
                        : List.of(
                                "Which password is tried is not logged; the even timing and the known address speak for a"
                                        + " device."));
    }

    private static String refusals(Tally window) {
        List<String> services = window.topNames("service:", 3);
        return "Refused from " + Say.printable(String.join(", ", window.topNames("client:", 3)))
                + (services.isEmpty() ? "" : ", by " + Say.printable(String.join(", ", services))) + ".";
    }

    private static String because(Guessing refused) {
        return refused.passwords() == 1
                ? Say.count(refused.failures(), "refusal") + " of one and the same password"
                : Say.count(refused.failures(), "refusal") + " as even as a timer's, from "
                        + Say.count(refused.sources(), "address")
                        + " that logged in as the account before";
    }

    private static Advice advice(String account, Tally window) {
        List<String> clients = window.topNames("client:", 1);
        String client = clients.isEmpty() ? "its address" : clients.get(0);
        return new Advice(
                "Tell the owner of " + Say.printable(account) + " which device it is",
                List.of(
                        "First see address and program: " + Say.lastLines(account),
                        "Tell the owner: a phone, tablet or second computer at " + client
                                + " has the old password; most ask for the new one only after the account is opened in their"
                                + " settings.",
                        "Where it gets the owner banned: fail2ban-client set dovecot addignoreip " + Say.shell(client)
                                + ", until it is mended."),
                "Refused logins of the account stop, and logins from the same address are granted.",
                "fail2ban-client set dovecot delignoreip " + Say.shell(client),
                List.of(
                        "Do not give the old password back.",
                        "Do not ban the address: the owner's other programs share it."));
    }
}
