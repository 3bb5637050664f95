package postwarden.notify;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** What came of an attempt to tell a receiver. */
sealed interface Outcome {
    /** It has the message. */
    record Done() implements Outcome {}

    /**
     * Not now: nobody answered, or it is overloaded or broken.
     *
     * @param wish how long it wants to be left alone, where it said so
     */
    record Later(String why, Optional<Duration> wish) implements Outcome {}

    /** It does not want us: a wrong key, path or right. The message may be good. */
    record Locked(String why) implements Outcome {}

    /** It will never take this message. */
    record Refused(String why) implements Outcome {}

    /** By the status of an answer: RFC 9110, section 15, and RFC 6585 for 429. */
    static Outcome of(Reply reply) {
        int status = reply.status();
        if (status >= 200 && status < 300) {
            return new Done();
        }
        String why = reply.words();
        return switch (status) {
            case Reply.NONE, 408, 421, 425, 429 -> new Later(why, reply.retryAfter());
            case 401, 402, 403, 404, 405, 407, 410 -> new Locked(why);
            default ->
                status >= 500
                        ? new Later(why, reply.retryAfter())
                        // A redirect is not followed: it could lead to a host that is not allowed.
                        : status < 400 ? new Locked(why) : new Refused(why);
        };
    }

    /** What to do in each case. */
    default <T> T match(
            Function<Done, T> done,
            Function<Later, T> later,
            Function<Locked, T> locked,
            Function<Refused, T> refused) {
        if (this instanceof Done one) {
            return done.apply(one);
        }
        if (this instanceof Later one) {
            return later.apply(one);
        }
        return this instanceof Locked one ? locked.apply(one) : refused.apply((Refused) this);
    }
}
