package postwarden.detect.reading;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import postwarden.detect.Cause;

/** Collects possible causes with what speaks for each, and shares one belief among them. */
public final class Weighing {
    private final List<Cause> causes = new ArrayList<>();

    /** Adds a cause; one with nothing for it is left out. */
    public Weighing add(String name, double weight, String because) {
        if (weight > 0) {
            causes.add(new Cause(name, weight, because));
        }
        return this;
    }

    /** Lets a cause that was told before weigh more than all that speaks now; an empty name changes nothing. */
    public Weighing keeping(String name, double weight, String because) {
        if (name.isEmpty()) {
            return this;
        }
        Cause now = causes.stream()
                .filter(cause -> cause.name().equals(name))
                .findFirst()
                .orElse(new Cause(name, 0, because));
        causes.removeIf(cause -> cause.name().equals(name));
        causes.add(new Cause(name, now.weight() + weight, because));
        return this;
    }

    /** The causes with weights that add up to 1, the heaviest first; of equal ones the first that was added. */
    public List<Cause> causes() {
        double all = causes.stream().mapToDouble(Cause::weight).sum();
        return causes.stream()
                .map(cause -> new Cause(cause.name(), cause.weight() / all, cause.because()))
                .sorted(Comparator.comparingDouble(Cause::weight).reversed())
                .toList();
    }
}
