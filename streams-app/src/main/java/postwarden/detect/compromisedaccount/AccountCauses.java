package postwarden.detect.compromisedaccount;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import postwarden.detect.Cause;
import postwarden.detect.compromisedaccount.Sign.Family;

/** What may be behind an account's sending. */
final class AccountCauses {
    /** Log-odds of the logins from which guesses are how the thief came in, and not what every account sees. */
    private static final double SURE = 3;

    private AccountCauses() {}

    static List<Cause> of(Verdict verdict, double score) {
        double logins = verdict.of(Family.AUTHENTICATION);
        double thief = Math.exp(verdict.score() - score / 2);
        double oldList = verdict.of(Family.UNKNOWN_RECIPIENTS) > 0 ? Math.exp(2.5 - logins) : 0;
        double campaign = verdict.of(Family.VOLUME) > 0 ? Math.exp(1 - logins) : 0;
        double all = thief + oldList + campaign;
        List<Cause> causes = new ArrayList<>();
        boolean guessed = logins >= SURE && verdict.signs().stream().anyMatch(Sign::guessed);
        causes.add(new Cause(guessed ? "GUESSED_PASSWORD" : "STOLEN_CREDENTIALS", thief / all, because(verdict)));
        if (oldList > 0) {
            causes.add(new Cause(
                    "OLD_ADDRESS_LIST",
                    oldList / all,
                    "an imported list has dead addresses too; " + aboutLogins(verdict)));
        }
        if (campaign > 0) {
            causes.add(
                    new Cause("CAMPAIGN", campaign / all, "newsletters come in bursts too; " + aboutLogins(verdict)));
        }
        causes.sort(Comparator.comparingDouble(Cause::weight).reversed());
        return causes;
    }

    private static String because(Verdict verdict) {
        return verdict.signs().stream()
                .filter(sign -> sign.weight() > 0)
                .map(Sign::because)
                .collect(Collectors.joining("; "));
    }

    private static String aboutLogins(Verdict verdict) {
        return verdict.signs().stream()
                .filter(sign -> sign.family() == Family.AUTHENTICATION)
                .map(Sign::because)
                .findFirst()
                .orElse("its logins say nothing");
    }
}
