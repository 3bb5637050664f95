package postwarden.detect.compromisedaccount;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import postwarden.detect.compromisedaccount.Sign.Family;

/**
 * What all signs together say.
 *
 * @param signs as they were found
 * @param byFamily capped log-odds of each family that has a sign
 * @param score their sum
 */
record Verdict(List<Sign> signs, Map<Family, Double> byFamily, double score) {
    Verdict {
        signs = List.copyOf(signs);
        byFamily = new EnumMap<>(byFamily);
    }

    static Verdict of(List<Sign> signs, CompromisedAccountParams params) {
        Map<Family, Double> byFamily = new EnumMap<>(Family.class);
        for (Sign sign : signs) {
            byFamily.merge(sign.family(), sign.weight(), Double::sum);
        }
        byFamily.replaceAll((family, sum) -> Math.min(cap(family, params), sum));
        double score =
                byFamily.values().stream().mapToDouble(Double::doubleValue).sum();
        return new Verdict(signs, byFamily, score);
    }

    private static double cap(Family family, CompromisedAccountParams params) {
        return switch (family) {
            case AUTHENTICATION -> params.authentication().cap();
            case VOLUME -> params.sending().burst();
            case UNKNOWN_RECIPIENTS -> params.sending().unknown();
            case ABUSE -> params.sending().abuse();
        };
    }

    /** Families that speak for a thief. */
    long families() {
        return byFamily.values().stream().filter(sum -> sum > 0).count();
    }

    /** Log-odds of the family, 0 when it says nothing. */
    double of(Family family) {
        return byFamily.getOrDefault(family, 0.0);
    }

    boolean reaches(double wanted, int families) {
        return score >= wanted && families() >= families;
    }
}
