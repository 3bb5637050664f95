package postwarden.detect.remote;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import postwarden.detect.Cause;
import postwarden.detect.reading.Say;
import postwarden.tally.Tally;

/**
 * Why a destination puts us off, as shares of belief: each symptom adds to or takes from the log-odds of each cause. What
 * the other side says counts most; how long it took to say it decides between a rule, which is applied at once, and
 * strain, which is slow (signals.md D38 to D40). A text about connections does not tell sessions at once from sessions a
 * minute, because daemons use one text for both (D08), so it speaks for both.
 */
public final class RemoteCauses {
    /** Causes below this share are not shown, except the two policies, which are shown together. */
    private static final double SHOWN = 0.05;
    /** Log-odds of "the log does not decide" when nothing speaks for it: less than one clear symptom. */
    private static final double DOUBT = 1;
    /** Share of all trouble from which refusals in words say what time-outs mean; a few are met by chance. */
    private static final double MOSTLY = 0.5;
    /** Share of time-outs in all trouble from which slowness is plainly there. */
    private static final double PLAIN = 0.25;

    private RemoteCauses() {}

    /** The causes, the likeliest first, with weights that add up to 1 at most; never empty. */
    public static List<Cause> of(Tally window) {
        Symptoms seen = Symptoms.of(window);
        Map<RemoteCause, Double> odds = logOdds(seen);
        double sum = odds.values().stream().mapToDouble(Math::exp).sum();
        boolean policy = seen.byText().connections() + seen.byText().rate() > 0;
        List<Cause> causes = new ArrayList<>();
        odds.forEach((cause, logOdds) -> {
            double weight = Math.exp(logOdds) / sum;
            boolean either = cause == RemoteCause.POLICY_CONCURRENCY || cause == RemoteCause.POLICY_RATE;
            if (weight >= SHOWN || (either && policy)) {
                causes.add(new Cause(cause.name(), weight, because(cause, seen)));
            }
        });
        causes.sort(Comparator.comparingDouble(Cause::weight).reversed());
        return causes;
    }

    private static Map<RemoteCause, Double> logOdds(Symptoms seen) {
        Symptoms.Text text = seen.byText();
        double said = seen.ofTrouble(seen.throttled());
        double late = Math.min(1, seen.ofTrouble(seen.timeouts()) / PLAIN);
        double lost = Math.min(1, seen.ofTrouble(seen.broken()) / PLAIN);
        double atOnce = seen.fast() * seen.atConnect();
        double plainly = Math.min(1, said / MOSTLY);
        double strain = plainly * late;
        Map<RemoteCause, Double> odds = new EnumMap<>(RemoteCause.class);
        odds.put(
                RemoteCause.POLICY_CONCURRENCY,
                said * (3 * text.connections() + atOnce * (1 + text.unnamed())) - 1.5 * seen.slow() - 1.5 * late);
        odds.put(
                RemoteCause.POLICY_RATE,
                said * (3.5 * text.rate() + 1.8 * text.connections() + 0.7 * seen.fast()) - 1.5 * seen.slow() - late);
        odds.put(
                RemoteCause.OVERLOAD,
                said * 2.5 * text.overload() + 2 * seen.slow() * Math.min(1, said + strain) + 2 * strain);
        Symptoms.TurnedAway turned = seen.turnedAway();
        odds.put(RemoteCause.REPUTATION, said * 4 * text.reputation() + 4 * seen.ofTrouble(turned.reputation()));
        odds.put(RemoteCause.OWN_NAME, 4 * seen.ofTrouble(turned.names()));
        odds.put(
                RemoteCause.NETWORK,
                3 * seen.ofTrouble(seen.broken() + seen.local())
                        + (1 - plainly) * 3 * seen.ofTrouble(seen.timeouts())
                        + plainly * 2 * lost * late);
        odds.put(
                RemoteCause.GREYLIST,
                4 * seen.ofTrouble(seen.greylisted()) + 3 * said * text.unnamed() * seen.retriedSent());
        odds.put(
                RemoteCause.INCONCLUSIVE,
                DOUBT
                        + 3 * seen.slow() * (text.connections() + text.rate()) * (1 - late) * said
                        + 2 * seen.ofTrouble(turned.unclear()));
        return odds;
    }

    private static String because(RemoteCause cause, Symptoms seen) {
        Symptoms.Text text = seen.byText();
        return switch (cause) {
            case POLICY_CONCURRENCY ->
                Say.percent(text.connections()) + " of " + seen.throttled()
                        + " refusals say too many connections, " + Say.percent(seen.atConnect())
                        + " before the first command" + speed(seen) + ceiling(seen);
            case POLICY_RATE ->
                Say.percent(text.rate()) + " of " + seen.throttled()
                        + " refusals name a rate, and \"too many connections\" (" + Say.percent(text.connections())
                        + ") is also said about connections a minute" + speed(seen);
            case OVERLOAD ->
                Say.percent(text.overload()) + " of " + seen.throttled()
                        + " refusals say overload or not available" + speed(seen) + "; " + seen.timeouts()
                        + " connections or answers timed out";
            case REPUTATION ->
                Say.percent(text.reputation()) + " of " + seen.throttled()
                        + " refusals speak of reputation, complaints or a block list"
                        + (seen.turnedAway().reputation() == 0
                                ? ""
                                : ", and " + seen.turnedAway().reputation()
                                        + " others do, or come before a message was named");
            case OWN_NAME ->
                seen.turnedAway().names() + " refusals miss or doubt a name of ours: PTR, HELO, SPF or DKIM";
            case NETWORK ->
                seen.broken() + " connections were refused, lost or unreachable, " + seen.timeouts()
                        + " timed out, " + seen.local() + " failed in DNS or TLS, against " + seen.throttled()
                        + " refusals in words";
            case GREYLIST ->
                seen.greylisted() + " deferrals say greylisting, and retries brought home "
                        + Say.percent(seen.retriedSent()) + " as many as were put off";
            case INCONCLUSIVE ->
                seen.turnedAway().unclear() > seen.throttled()
                        ? seen.turnedAway().unclear() + " refusals say nothing that is known of why"
                        : seen.slow() > 0.5 && seen.timeouts() == 0
                                ? "the refusals name a limit but come late" + speed(seen)
                                        + ", and nothing timed out: a limit behind a slow path, or strain; the log does not decide"
                                : "the text and the times of " + seen.throttled()
                                        + " refusals leave room for another cause";
        };
    }

    private static String speed(Symptoms seen) {
        return seen.timed() == 0
                ? "; how long they took is not logged"
                : "; of " + seen.timed() + " timed ones " + Say.percent(seen.fast()) + " took less than 1 s and "
                        + Say.percent(seen.slow()) + " took 4 s or more";
    }

    private static String ceiling(Symptoms seen) {
        return seen.goodConcurrency() == 0
                ? ""
                : "; at most " + seen.goodConcurrency() + " sessions were open while all went well";
    }
}
