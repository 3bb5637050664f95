package postwarden.benchmarks.flink;

import org.apache.flink.streaming.api.functions.windowing.WindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/** Tells of the windows that would be looked at. */
final class Naming implements WindowFunction<Long, String, String, TimeWindow> {
    private static final long serialVersionUID = 1;
    /** Counts from which a window would be looked at. */
    private static final long MANY = 1000;

    @Override
    public void apply(String key, TimeWindow window, Iterable<Long> counts, Collector<String> out) {
        for (Long count : counts) {
            if (count >= MANY) {
                out.collect(key + " " + count);
            }
        }
    }
}
