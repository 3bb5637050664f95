package postwarden.simulate;

import java.util.List;
import java.util.SplittableRandom;

/** What one actor draws; each has its own, so that one actor more changes nothing for the others. Belongs to one thread. */
final class Chance {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

    private final SplittableRandom random;

    Chance(long seed) {
        this(new SplittableRandom(seed));
    }

    private Chance(SplittableRandom random) {
        this.random = random;
    }

    Chance split() {
        return new Chance(random.split());
    }

    boolean once(double probability) {
        return random.nextDouble() < probability;
    }

    /** 0 to {@code bound} - 1. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    /** A part of a time, in microseconds. */
    long part(long micros) {
        return micros <= 0 ? 0 : random.nextLong(micros);
    }

    /** Microseconds to the next of events that come by chance at this rate. */
    long wait(double perHour) {
        return (long) (-Math.log(1 - random.nextDouble()) * Agenda.HOUR / perHour);
    }

    /** Around a median, with {@code sigma} of its logarithm: delays and sizes are like this. */
    double around(double median, double sigma) {
        double normal = Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
        return median * Math.exp(sigma * normal);
    }

    /** Pareto, cut off: few are large, and most of the sum is theirs. */
    double heavy(double least, double shape, double most) {
        return Math.min(most, least / Math.pow(1 - random.nextDouble(), 1 / shape));
    }

    <T> T of(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    /** One of a list whose first are the most frequent: the rank goes with 1 / (rank + {@code flat}). */
    <T> T frequent(List<T> some, double flat) {
        double rank = flat * Math.pow((some.size() + flat) / flat, random.nextDouble()) - flat;
        return some.get(Math.min(some.size() - 1, (int) rank));
    }

    String word(int length) {
        char[] word = new char[length];
        for (int at = 0; at < length; at++) {
            word[at] = LETTERS.charAt(random.nextInt(LETTERS.length()));
        }
        return new String(word);
    }

    /** Hexadecimal digits, at most 16. */
    String hex(int digits) {
        String all = Long.toHexString(random.nextLong() | Long.MIN_VALUE);
        return all.substring(0, digits);
    }
}
