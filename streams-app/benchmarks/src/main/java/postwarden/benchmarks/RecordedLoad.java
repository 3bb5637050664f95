package postwarden.benchmarks;

import java.util.List;
import postwarden.event.LogRecord;

/** The recorded incidents, again and again, a day apart. */
final class RecordedLoad implements Load {
    private final Recorded recorded;
    private int round;
    private int at;

    RecordedLoad(Recorded recorded) {
        this.recorded = recorded;
    }

    @Override
    public List<String> hosts() {
        return recorded.hosts();
    }

    @Override
    public LogRecord.Line next() {
        if (at == recorded.lines().size()) {
            at = 0;
            round++;
        }
        return Recorded.later(recorded.lines().get(at++), round);
    }

    @Override
    public long keysSeen() {
        return 0;
    }
}
