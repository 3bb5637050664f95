package postwarden.detect.reading;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import postwarden.tally.Count;
import postwarden.tally.Sample;
import postwarden.tally.Tally;

/** Chooses the lines that an alert shows. */
public final class Evidence {
    /** Lines in one alert: as many as a person reads before looking at the log itself. */
    public static final int LINES = 10;

    private Evidence() {}

    /** At most {@value #LINES} lines, taken in turn from each wanted count, in time order; never the same line twice. */
    public static List<Sample> of(Tally window, Count... wanted) {
        return of(Arrays.stream(wanted).map(window::samples).toList());
    }

    /** The same, from lines that come from several windows. */
    public static List<Sample> of(List<List<Sample>> wanted) {
        Set<String> seen = new HashSet<>();
        List<Sample> chosen = new ArrayList<>();
        for (int round = 0; round < LINES; round++) {
            for (List<Sample> samples : wanted) {
                if (round < samples.size() && chosen.size() < LINES && seen.add(place(samples.get(round)))) {
                    chosen.add(samples.get(round));
                }
            }
        }
        chosen.sort(Comparator.comparing(Sample::time)
                .thenComparing(Sample::host)
                .thenComparing(Sample::file)
                .thenComparingLong(Sample::fileOffset));
        return chosen;
    }

    private static String place(Sample sample) {
        return sample.host() + '\n' + sample.file() + '\n' + sample.fileOffset();
    }
}
