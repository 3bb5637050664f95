package postwarden.stream.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Something of the cluster that is not as the promises need it.
 *
 * @param what which topic, setting or feature it is about
 * @param why what is wrong with it, and what comes of it
 * @param remedy what to do
 */
public record Finding(Weight weight, String what, String why, String remedy) {
    /** What a finding means for a start. */
    public enum Weight {
        /** Nothing right can come of a start. */
        WRONG,
        /** It would work until something fails; then a promise is broken. Accepted with {@code service.dev = true}. */
        UNSAFE,
        /** The cluster does not tell; it is for its operator to see that it is so. */
        UNTOLD
    }

    static Finding wrong(String what, String why, String remedy) {
        return new Finding(Weight.WRONG, what, why, remedy);
    }

    static Finding unsafe(String what, String why, String remedy) {
        return new Finding(Weight.UNSAFE, what, why, remedy);
    }

    /** The same said of several things at once. */
    static List<Finding> together(List<Finding> findings) {
        Map<Finding, List<String>> what = new LinkedHashMap<>();
        findings.forEach(finding ->
                what.computeIfAbsent(finding.of(""), same -> new ArrayList<>()).add(finding.what()));
        return what.entrySet().stream()
                .map(same -> same.getKey().of(String.join(", ", same.getValue())))
                .toList();
    }

    private Finding of(String other) {
        return new Finding(weight, other, why, remedy);
    }

    /** Whether the service must not start. */
    public boolean refuses(boolean dev) {
        return weight == Weight.WRONG || (weight == Weight.UNSAFE && !dev);
    }

    /** For a person, in one line. */
    public String line() {
        return what + ": " + why + "; " + remedy;
    }
}
