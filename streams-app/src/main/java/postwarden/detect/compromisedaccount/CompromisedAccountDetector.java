package postwarden.detect.compromisedaccount;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import postwarden.detect.Finding;
import postwarden.detect.KeyDetector;
import postwarden.detect.Scope;
import postwarden.detect.Severity;
import postwarden.detect.Span;
import postwarden.detect.Subject;
import postwarden.detect.Usual;
import postwarden.detect.View;
import postwarden.detect.account.AccountAdvice;
import postwarden.detect.account.Fate;
import postwarden.detect.account.LocalUser;
import postwarden.detect.compromisedaccount.Sign.Family;
import postwarden.detect.reading.Evidence;
import postwarden.detect.reading.Onset;
import postwarden.detect.reading.Say;
import postwarden.tally.Baseline;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Mark;
import postwarden.tally.Pane;
import postwarden.tally.Sample;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/**
 * An account sends for somebody else: signs of independent families (foreign logins, a burst, recipients that do not exist,
 * abuse codes) add up, and none of them decides alone. A local user that only programs use has no credentials that could be
 * stolen, and is left to {@code script-burst}. Late lines only add to their pane; duplicates are removed before tallies.
 */
public final class CompromisedAccountDetector implements KeyDetector {
    private static final String ID = "compromised-account";
    private static final int VERSION = 1;
    private static final Scope SCOPE = new Scope(ID, Watch.ACCOUNT, Span.FLEET, Set.of(Count.RECIPIENTS));

    private final CompromisedAccountParams params;
    private final AuthenticationSigns authentication;
    private final SendingSigns sending;

    public CompromisedAccountDetector(CompromisedAccountParams params) {
        this.params = params;
        this.authentication = new AuthenticationSigns(params.authentication());
        this.sending = new SendingSigns(params.sending());
    }

    @Override
    public Scope scope() {
        return SCOPE;
    }

    @Override
    public boolean mayConcern(Tally pane) {
        return pane.sum(
                        Count.RECIPIENTS,
                        Count.BOUNCED_UNKNOWN,
                        Count.UNKNOWN_RECIPIENT_REJECTS,
                        Count.BOUNCED_SPAM,
                        Count.THROTTLED_REPUTATION)
                > 0;
    }

    @Override
    public Optional<Finding> assess(View view, boolean open) {
        if (!open && !mayConcern(view.window(Pane.LENGTH))) {
            return Optional.empty();
        }
        double factor = open ? params.openFactor() : 1;
        List<Sign> signs = new ArrayList<>(sending.of(view));
        // No family decides alone, so an account that sends as ever needs no look at its logins; most are.
        if ((signs.isEmpty() && !open)
                || LocalUser.isOnly(view, params.sending().slowWindow())) {
            return Optional.empty();
        }
        signs.addAll(authentication.of(view));
        Verdict verdict = Verdict.of(signs, params);
        int families = open ? 1 : params.families();
        return verdict.reaches(factor * params.suspicion(), families)
                ? Optional.of(finding(view, verdict))
                : Optional.empty();
    }

    /**
     * Whether it is sure enough to stop the account. What was sure stays so while it lasts, or shares of an hour that stand at
     * their floors would tell it again with every message; and nobody becomes a thief who sends no more: of an hour that runs
     * out few messages are left, and any share may be among them.
     */
    private boolean isStolen(View view, Verdict verdict) {
        if (view.found(ID).filter(Severity.CRITICAL::equals).isPresent()) {
            return verdict.reaches(params.openFactor() * params.score(), 1);
        }
        return verdict.reaches(params.score(), params.families()) && isSending(view);
    }

    /** Whether what was sent lately is a fair part of what was sent in the hour. */
    private boolean isSending(View view) {
        Duration lately = params.sending().burstWindow();
        Duration hour = params.sending().slowWindow();
        double even = (double) view.window(hour).count(Count.RECIPIENTS) * lately.toSeconds() / hour.toSeconds();
        long recipients = view.window(lately).count(Count.RECIPIENTS);
        return recipients > 0 && recipients >= params.openFactor() * even;
    }

    private Finding finding(View view, Verdict verdict) {
        String account = view.key().name();
        Tally hour = view.window(params.sending().slowWindow());
        Tally burst = view.window(params.sending().burstWindow());
        Baseline baseline = view.baseline(Count.RECIPIENTS);
        Instant onset = onset(view);
        boolean stolen = isStolen(view, verdict);
        return new Finding(
                ID,
                VERSION,
                view.key(),
                view.host(),
                view.pane(),
                Subject.account(account),
                onset,
                stolen
                        ? Severity.CRITICAL.because(
                                "signs of several kinds agree: sure enough to stop the account at once")
                        : Severity.MEDIUM.because("worth a look: an owner with an old address list does much the same"),
                1 / (1 + Math.exp(params.score() / 2 - verdict.score())),
                AccountCauses.of(verdict, params.score()),
                title(account, burst, stolen),
                summary(view, verdict),
                new TreeMap<>(measures(view, hour, burst, verdict)),
                new TreeMap<>(Map.of(
                        "score", stolen ? params.score() : params.suspicion(),
                        "families", (double) params.families(),
                        "recipientsPer10Min", (double) params.sending().burstRecipients(),
                        "unknownRecipients", (double) params.sending().unknownRecipients(),
                        "unknownRecipientShare", params.sending().unknownShare(),
                        "abuseRefusals", (double) params.sending().abuseRefusals())),
                Map.of(
                        "recipientsPerMinute",
                        Usual.of(baseline, params.sending().usual())),
                evidence(view, hour, onset),
                stolen ? AccountAdvice.stolen(account, hour) : AccountAdvice.suspicious(account, hour),
                "T1078",
                hour.has(Mark.LOG_GAP),
                blindSpots(view));
    }

    /** The first message of the burst, where there is one; else the first bounce of the hour. */
    private Instant onset(View view) {
        Duration window = params.sending().burstWindow();
        return view.window(window).count(Count.RECIPIENTS) > 0
                ? Onset.of(view, window, Count.RECIPIENTS)
                : Onset.of(view, params.sending().slowWindow(), Count.BOUNCED_UNKNOWN);
    }

    /** What was sent since it began, the logins behind it, and the guesses before. */
    private static List<Sample> evidence(View view, Tally hour, Instant onset) {
        Tally since = view.window(Pane.LENGTH.multipliedBy(view.pane() - Pane.of(onset) + 1));
        return Evidence.of(List.of(
                since.samples(Count.AUTH_SUCCESSES),
                since.samples(Count.MESSAGES),
                since.samples(Count.BOUNCED_UNKNOWN),
                since.samples(Count.BOUNCED_SPAM),
                hour.samples(Count.AUTH_FAILURES)));
    }

    private String title(String account, Tally burst, boolean stolen) {
        return Say.printable(account)
                + (stolen ? " is sending for somebody else: " : " is sending out of its ordinary: ")
                + Say.count(burst.count(Count.RECIPIENTS), "recipient") + " in "
                + Say.number(params.sending().burstWindow().toSeconds() / 60.0) + " min, from "
                + Say.count(burst.distinct(Distinct.SUCCESS_CLIENTS), "address");
    }

    private static String summary(View view, Verdict verdict) {
        StringBuilder text = new StringBuilder();
        for (Sign sign : verdict.signs()) {
            text.append(text.isEmpty() ? "" : "; ").append(sign.because());
        }
        return text.append(". Score ")
                .append(String.format(Locale.ROOT, "%.1f", verdict.score()))
                .append(" from ")
                .append(verdict.families())
                .append(" independent kinds of signs, on ")
                .append(Say.count(view.hosts(Duration.ofHours(1)).size(), "host"))
                .append('.')
                .toString();
    }

    private static Map<String, Double> measures(View view, Tally hour, Tally burst, Verdict verdict) {
        Map<String, Double> measures = new TreeMap<>();
        measures.put("hosts", (double) view.hosts(Duration.ofHours(1)).size());
        measures.put("score", verdict.score());
        measures.put("families", (double) verdict.families());
        for (Family family : Family.values()) {
            measures.put("score." + family.name().toLowerCase(Locale.ROOT), verdict.of(family));
        }
        measures.put("recipientsPer10Min", (double) burst.count(Count.RECIPIENTS));
        measures.put("messagesPer10Min", (double) burst.count(Count.MESSAGES));
        measures.put(Distinct.SUCCESS_CLIENTS.measure(), (double) burst.distinct(Distinct.SUCCESS_CLIENTS));
        measures.put(Distinct.SUCCESS_NETWORKS.measure(), (double) burst.distinct(Distinct.SUCCESS_NETWORKS));
        measures.put("authFailures", (double) hour.count(Count.AUTH_FAILURES));
        measures.put(Distinct.FAILURE_CLIENTS.measure(), (double) hour.distinct(Distinct.FAILURE_CLIENTS));
        measures.put(Distinct.RECIPIENTS.measure(), (double) hour.distinct(Distinct.RECIPIENTS));
        Fate fate = Fate.of(hour);
        measures.put("unknownRecipients", (double) fate.unknown());
        measures.put("unknownRecipientShare", fate.unknownShare());
        measures.put("abuseRefusals", (double) fate.abuse());
        return measures;
    }

    private List<String> blindSpots(View view) {
        List<String> blind = new ArrayList<>();
        blind.add("What the messages say is not known; neither is where addresses are in the world.");
        if (view.past().count(Count.AUTH_SUCCESSES) == 0) {
            blind.add(
                    view.window(params.sending().slowWindow()).has(Mark.SEASONED)
                            ? "No login of the account is known from before this hour, so neither are its owner's addresses."
                            : "The account has been watched for less than an hour, so its owner's addresses are not known for"
                                    + " sure.");
        }
        return blind;
    }
}
