package postwarden.detect.sending;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import postwarden.detect.Cause;
import postwarden.detect.Finding;
import postwarden.detect.Grade;
import postwarden.detect.KeyDetector;
import postwarden.detect.Scope;
import postwarden.detect.Severity;
import postwarden.detect.Span;
import postwarden.detect.View;
import postwarden.detect.account.AccountAdvice;
import postwarden.detect.account.Fate;
import postwarden.detect.account.Hand;
import postwarden.detect.account.LocalUser;
import postwarden.detect.reading.Onset;
import postwarden.detect.reading.Say;
import postwarden.tally.Count;
import postwarden.tally.Pane;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/**
 * An account writes to many addresses that do not exist: a list that was bought, guessed, or has grown old. Who logs in says
 * which. What scripts send is left to {@code script-burst}. Late lines only add to their pane; duplicates are removed before
 * tallies.
 */
public final class UnknownRecipientsDetector implements KeyDetector {
    private static final String ID = "unknown-recipients";
    private static final Scope SCOPE = new Scope(ID, Watch.ACCOUNT, Span.FLEET, Set.of());

    private final UnknownRecipientsParams params;

    public UnknownRecipientsDetector(UnknownRecipientsParams params) {
        this.params = params;
    }

    @Override
    public Scope scope() {
        return SCOPE;
    }

    @Override
    public boolean mayConcern(Tally pane) {
        return pane.sum(Count.BOUNCED_UNKNOWN, Count.UNKNOWN_RECIPIENT_REJECTS) > 0;
    }

    @Override
    public Optional<Finding> assess(View view, boolean open) {
        if (!open && !mayConcern(view.window(Pane.LENGTH))) {
            return Optional.empty();
        }
        double factor = open ? params.openFactor() : 1;
        Tally window = view.window(params.window());
        Fate fate = Fate.of(window);
        if (fate.unknown() < factor * params.unknown()
                || fate.unknownShare() < factor * params.share()
                || LocalUser.areScripts(window)) {
            return Optional.empty();
        }
        return Optional.of(told(view, fate, Hand.of(view, params.window())).about(view));
    }

    private Told told(View view, Fate fate, Hand hand) {
        String account = view.key().name();
        Tally window = view.window(params.window());
        Grade grade = grade(fate, hand);
        String many = Say.count(fate.unknown(), "recipient") + " of it do not exist";
        return new Told(
                ID,
                grade,
                hand.foreign() ? 0.9 : 0.75,
                causes(fate, hand),
                Onset.of(
                        view,
                        params.window(),
                        window.count(Count.BOUNCED_UNKNOWN) > 0
                                ? Count.BOUNCED_UNKNOWN
                                : Count.UNKNOWN_RECIPIENT_REJECTS),
                Say.printable(account) + " writes to addresses that do not exist: " + many + ", "
                        + Say.percent(fate.unknownShare()) + " of those decided",
                many + " within " + Say.number(params.window().toSeconds() / 60.0) + " min; " + hand.words() + ".",
                Map.of(
                        "unknownRecipients", (double) fate.unknown(),
                        "unknownRecipientShare", fate.unknownShare(),
                        "abuseRefusals", (double) fate.abuse(),
                        "foreignClients", (double) hand.strangers()),
                Map.of("unknownRecipients", (double) params.unknown(), "unknownRecipientShare", params.share()),
                Map.of(),
                hand.foreign() ? AccountAdvice.stolen(account, window) : AccountAdvice.suspicious(account, window),
                "",
                hand.familiar() ? "" : "T1078");
    }

    /** The owner's own list is a mistake to talk about; the same from where the owner never was is a theft to stop. */
    private Grade grade(Fate fate, Hand hand) {
        boolean many = fate.unknown() >= params.block();
        if (hand.foreign()) {
            return many
                    ? Severity.CRITICAL.because(
                            "it comes from where the owner never was, and in numbers that get a host listed")
                    : Severity.HIGH.because("it comes from where the owner never was");
        }
        return many && !hand.familiar()
                ? Severity.HIGH.because("the numbers get a host listed, and nothing shows that it is the owner")
                : Severity.MEDIUM.because(
                        hand.familiar()
                                ? "the owner sends it: a mistake to talk about"
                                : "the numbers do not get a host listed yet");
    }

    private static List<Cause> causes(Fate fate, Hand hand) {
        double stolen = hand.foreign() ? 0.75 : hand.familiar() ? 0.15 : 0.4;
        Cause theft = new Cause("STOLEN_CREDENTIALS", stolen, hand.words());
        Cause list = new Cause(
                "OLD_ADDRESS_LIST",
                0.95 - stolen,
                Say.percent(fate.unknownShare()) + " of the addresses are dead, as in a list that nobody kept; "
                        + hand.words());
        return stolen >= 0.95 - stolen ? List.of(theft, list) : List.of(list, theft);
    }
}
