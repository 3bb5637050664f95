package postwarden.incident;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import postwarden.detect.Finding;

/** Numbers as a person reads them, the same on every machine and in every language. */
public final class Figures {
    private static final MathContext THREE_DIGITS = new MathContext(3);
    /** Whole numbers up to here are written in full. */
    private static final double WHOLE = 1e15;

    private Figures() {}

    /** A whole number in full, another with three digits that count. */
    public static String plain(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return "unknown";
        }
        if (value == Math.rint(value) && Math.abs(value) < WHOLE) {
            return Long.toString((long) value);
        }
        return new BigDecimal(value).round(THREE_DIGITS).stripTrailingZeros().toPlainString();
    }

    /** The measure that exceeds its threshold most often, of those of which more is worse; empty when nothing was held against a threshold. */
    static String mainMeasure(Finding finding) {
        String main = "";
        double size = 0;
        for (Map.Entry<String, Double> threshold : finding.thresholds().entrySet()) {
            double measured = finding.measures().getOrDefault(threshold.getKey(), 0.0);
            if (!Extremes.isLessWorse(threshold.getKey())
                    && threshold.getValue() > 0
                    && measured / threshold.getValue() > size) {
                size = measured / threshold.getValue();
                main = threshold.getKey();
            }
        }
        return main;
    }
}
