package postwarden.ask;

import java.time.Duration;

/** The state that would answer is being restored or moved to another instance. */
public final class NotReady extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Duration retryAfter;

    /** @param retryAfter when asking again may help, >= 1 s */
    public NotReady(String what, Duration retryAfter) {
        super(what);
        this.retryAfter = retryAfter;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
