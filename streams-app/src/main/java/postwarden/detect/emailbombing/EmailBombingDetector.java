package postwarden.detect.emailbombing;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import postwarden.detect.Advice;
import postwarden.detect.Cause;
import postwarden.detect.Detector;
import postwarden.detect.Finding;
import postwarden.detect.Scope;
import postwarden.detect.Severity;
import postwarden.detect.Span;
import postwarden.detect.Subject;
import postwarden.detect.View;
import postwarden.detect.reading.Onset;
import postwarden.detect.reading.Say;
import postwarden.tally.Count;
import postwarden.tally.Lead;
import postwarden.tally.Leader;
import postwarden.tally.Leaders;
import postwarden.tally.Mark;
import postwarden.tally.Pane;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/**
 * One mailbox is buried under mail of many senders, none of which is unusual for itself: somebody signed its owner up
 * everywhere, as a rule to hide one message among them. Each mailbox is a finding of its own. Late lines only add to their pane; duplicates are removed before
 * tallies.
 */
public final class EmailBombingDetector implements Detector {
    private static final String ID = "email-bombing";
    private static final int VERSION = 1;
    private static final Scope SCOPE = new Scope(ID, Watch.SERVER, Span.HOST, Set.of());
    private static final Duration HOUR = Duration.ofHours(1);
    /** Recipients that are looked at in a pane, for one that begins: two at once are a coincidence. */
    private static final int LOOKED_AT = 4;

    private static final int PER_10_MIN = 10;

    private final EmailBombingParams params;
    private final long panes;

    public EmailBombingDetector(EmailBombingParams params) {
        this.params = params;
        panes = Pane.count(params.window());
    }

    @Override
    public Scope scope() {
        return SCOPE;
    }

    /** However even the mail comes, some pane of a window above the floor has its part of it. */
    @Override
    public boolean mayConcern(Tally pane) {
        return pane.leaders(Lead.RECIPIENTS).most() * panes >= params.messages();
    }

    @Override
    public List<Finding> assess(View view, Set<String> open) {
        if (open.isEmpty() && !mayConcern(view.window(Pane.LENGTH))) {
            return List.of();
        }
        Tally window = view.window(params.window());
        return window.leaders(Lead.RECIPIENTS).topAnd(LOOKED_AT, open).stream()
                .filter(leader -> isVictim(view, leader, open.contains(leader.name())))
                .map(victim -> finding(view, window, victim).aboutOne(victim.name()))
                .toList();
    }

    private boolean isVictim(View view, Leader leader, boolean open) {
        double factor = open ? params.openFactor() : 1;
        return leader.atLeast() >= factor * params.messages()
                && leader.kinds() >= factor * params.domains()
                && (open || (leader.atLeast() >= params.factor() * usual(view, leader) && !isAnswered(view, leader)));
    }

    /** Whether the recipient wrote about as much as came: answers to its own mailing, or a program that answers each. */
    private boolean isAnswered(View view, Leader leader) {
        Tally hour = view.window(HOUR);
        double answers = params.answered() * leader.atLeast();
        return hour.leaders(Lead.SENDERS).of(leader.name()).atLeast() >= answers
                || written(hour.leaders(Lead.PAIRS), leader.name()) >= answers;
    }

    /** What it sent without a login, as a list server's program does: of many pairs those are known that were drawn by lot. */
    private static double written(Leaders pairs, String sender) {
        List<Leader> drawn = pairs.top(Integer.MAX_VALUE);
        List<Leader> own = drawn.stream()
                .filter(pair -> pair.name().startsWith(sender + " > "))
                .toList();
        return pairs.isExact()
                ? own.stream().mapToLong(Leader::atLeast).sum()
                : (double) pairs.total() * own.size() / drawn.size();
    }

    /** What the recipient got in as long a time earlier in the hour, at most. */
    private double usual(View view, Leader leader) {
        Duration rest = HOUR.minus(params.window());
        long before = view.window(rest, panes)
                .leaders(Lead.RECIPIENTS)
                .of(leader.name())
                .atMost();
        return before * (double) params.window().toSeconds() / rest.toSeconds();
    }

    private Finding finding(View view, Tally window, Leader victim) {
        double minutes = params.window().toSeconds() / 60.0;
        String shown = Say.printable(victim.name());
        return new Finding(
                ID,
                VERSION,
                view.key(),
                view.host(),
                view.pane(),
                new Subject(view.host(), "", "", "", "", victim.name(), ""),
                Onset.of(view, params.window(), Count.MESSAGES),
                Severity.MEDIUM.because(
                        "one mailbox is buried and no host in danger, but something is likely hidden under it"),
                0.85,
                List.of(
                        new Cause(
                                "SUBSCRIPTION_BOMB",
                                0.8,
                                victim.atLeast() + " messages from about " + victim.kinds()
                                        + " domains, none of which sends much"),
                        new Cause("PUBLIC_ADDRESS", 0.15, "an address that was just published gets much mail as well")),
                shown + " is buried under mail: " + victim.atLeast() + " messages in " + Say.number(minutes)
                        + " min from about " + victim.kinds() + " domains",
                "Who does this hides something, as a rule: a changed password, an order, a bank's warning among the rest.",
                new TreeMap<>(
                        Map.of("messagesPer10Min", victim.atLeast() * PER_10_MIN / minutes, "senderDomains", (double)
                                victim.kinds())),
                new TreeMap<>(
                        Map.of("messagesPer10Min", params.messages() * PER_10_MIN / minutes, "senderDomains", (double)
                                params.domains())),
                Map.of(),
                List.of(),
                advice(view.host(), victim.name(), window),
                "T1667",
                window.has(Mark.LOG_GAP),
                List.of(
                        "What the messages say is not known, so a flood of confirmations cannot be told from a flood of"
                                + " newsletters.",
                        "Mail that reaches this host through a gateway of ours has the gateway for its client and is not"
                                + " counted here, but there."));
    }

    private static Advice any(String host, String victim) {
        return new Advice(
                "Help " + Say.printable(victim) + " to find the one message that matters",
                List.of(
                        "Call the owner: which account of theirs is worth the noise? Bank, shop and mail passwords first.",
                        "Look for logins of the mailbox and of its owner's other accounts in the last hour: "
                                + Say.lastLines(victim),
                        "Search the mailbox for what is not a subscription: doveadm search -u " + Say.shell(victim)
                                + " SINCE 2h NOT HEADER List-Unsubscribe '' NOT HEADER Precedence bulk",
                        "For a day, file lists apart with Sieve: require [\"fileinto\"]; if anyof (exists"
                                + " \"List-Unsubscribe\", header :contains \"Subject\" [\"confirm\", \"welcome\"])"
                                + " { fileinto \"Bulk\"; }"),
                "Messages to the recipient on " + host + " fall below half the floor, and this incident resolves.",
                "Take the Sieve rule out again.",
                List.of(
                        "Do not delete what came: the one message that matters is among it.",
                        "Do not refuse all mail to the recipient: that is what the attacker wants.",
                        "Do not answer or unsubscribe one by one while it lasts: it proves the address."));
    }

    private static List<Advice> advice(String host, String victim, Tally window) {
        if (!window.has(Mark.POSTFIX)) {
            return List.of(any(host, victim));
        }
        return List.of(
                any(host, victim),
                new Advice(
                        "Slow the flood to " + Say.printable(victim) + " down (Postfix)",
                        List.of(
                                "Let postscreen's tests and greylisting meet it: check_policy_service with postgrey for"
                                        + " this recipient only, by check_recipient_access and smtpd_restriction_classes.",
                                "With rspamd: ratelimit.conf, rates { to { bucket = [{ burst = 30, rate = \"1 / 1min\" }] }"
                                        + " }"),
                        "The recipient's lines say 450 where they said sent.",
                        "Take the restriction out again; postfix reload.",
                        List.of("Do not answer with 5xx: lists of the owner's own would drop them for good.")));
    }
}
