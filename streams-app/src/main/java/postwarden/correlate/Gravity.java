package postwarden.correlate;

import postwarden.event.Reason;

/** Which of two reasons says more about a destination that several relays stand for. */
final class Gravity {
    private Gravity() {}

    static Reason graver(Reason one, Reason other) {
        return of(other) > of(one) ? other : one;
    }

    private static int of(Reason reason) {
        return switch (reason) {
            case TOO_MANY_CONNECTIONS, RATE_LIMITED, REPUTATION, BLOCKLISTED, SPAM -> 5;
            case OVERLOADED, SERVICE_UNAVAILABLE, INSUFFICIENT_STORAGE -> 4;
            case TIMED_OUT, CONNECTION_TIMED_OUT -> 3;
            case CONNECTION_LOST, CONNECTION_REFUSED, NETWORK_UNREACHABLE, TLS -> 2;
            case UNKNOWN -> 0;
            default -> 1;
        };
    }
}
