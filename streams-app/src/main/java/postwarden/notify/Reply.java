package postwarden.notify;

import java.time.Duration;
import java.util.Optional;
import postwarden.soc.PlainText;

/**
 * What a receiver answered.
 *
 * @param status of HTTP, or {@link #NONE}
 * @param body its beginning; without an answer, why there is none
 * @param retryAfter what it wished
 */
record Reply(int status, String body, Optional<Duration> retryAfter) {
    static final int NONE = 0;

    private static final int SHOWN = 200;

    static Reply none(String why) {
        return new Reply(NONE, why, Optional.empty());
    }

    /** For a log: it is a stranger's text. */
    String words() {
        String text = PlainText.bounded(PlainText.oneLine(body), SHOWN);
        return status == NONE ? text : (status + " " + text).strip();
    }
}
