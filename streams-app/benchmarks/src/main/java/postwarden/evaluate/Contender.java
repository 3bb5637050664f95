package postwarden.evaluate;

import java.time.Instant;
import java.util.List;
import postwarden.event.LogRecord;

/** Somebody who reads a fleet's lines and tells about incidents. */
interface Contender {
    /** Before the first line. */
    void greet(List<String> hosts);

    void take(LogRecord.Line line);

    /** Time has come this far on all hosts; what is to be told now. */
    List<Notice> tell(Instant now);
}
