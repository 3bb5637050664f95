package postwarden.evaluate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What one detector did, in numbers. */
final class Row {
    final String detector;
    int labels;
    int told;
    int right;
    int allowed;
    int violations;
    int wrong;
    int causesJudged;
    int causesRight;
    int duplicates;
    int flaps;
    private final List<Duration> after = new ArrayList<>();

    Row(String detector) {
        this.detector = detector;
    }

    void add(Judgement.Fate fate) {
        labels++;
        if (fate.after().isPresent()) {
            told++;
            after.add(fate.after().get());
        }
        if (fate.cause().isPresent()) {
            causesJudged++;
            causesRight += fate.cause().get() ? 1 : 0;
        }
        duplicates += fate.duplicates();
        flaps += fate.flaps();
    }

    void add(Judgement.Worth worth) {
        switch (worth) {
            case RIGHT -> right++;
            case ALLOWED -> allowed++;
            case VIOLATION -> violations++;
            case WRONG -> wrong++;
        }
    }

    int incidents() {
        return right + allowed + violations + wrong;
    }

    /** Share of the labels that were told; NaN without labels. */
    double recall() {
        return labels == 0 ? Double.NaN : (double) told / labels;
    }

    /** Share of the incidents that were about something; what a look-alike may be called does not count; NaN without any. */
    double precision() {
        int judged = right + violations + wrong;
        return judged == 0 ? Double.NaN : (double) right / judged;
    }

    double causes() {
        return causesJudged == 0 ? Double.NaN : (double) causesRight / causesJudged;
    }

    /** Seconds from onset to notice below which this share of the told labels lies; NaN without any. */
    double seconds(double share) {
        if (after.isEmpty()) {
            return Double.NaN;
        }
        List<Duration> sorted = after.stream().sorted().toList();
        int at = (int) Math.ceil(share * sorted.size()) - 1;
        return sorted.get(Math.max(0, at)).toMillis() / 1000.0;
    }
}
