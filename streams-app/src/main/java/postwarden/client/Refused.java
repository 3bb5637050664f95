package postwarden.client;

import java.util.Optional;

/** The service did not give what was asked for; the message says why, in one line, for a person. */
public final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    private static final int NOT_FOUND = 404;
    private static final int NOT_READY = 503;

    private final int status;

    private Refused(int status, String message) {
        super(message);
        this.status = status;
    }

    /** By an answer of this HTTP status. */
    static Refused answered(int status, String what, Optional<String> retryAfter) {
        String again = retryAfter.map(after -> "; ask again in " + after + " s").orElse("");
        return new Refused(status, status + " " + what + again);
    }

    /** Without an answer, or with one that nobody understands. */
    static Refused unanswered(String why) {
        return new Refused(0, why);
    }

    /** Whether there is no such thing. */
    public boolean isUnknown() {
        return status == NOT_FOUND;
    }

    /** Whether asking again later may help: a store is being restored or moved. */
    public boolean isNotReady() {
        return status == NOT_READY;
    }
}
