package postwarden.notify;

import postwarden.incident.Alert;

/** Somebody who is told of alerts. */
interface Receiver {
    /** Names its consumer group and its counters. */
    String name();

    /** Whether it wants to know of it; what it does not want counts as told. */
    boolean wants(Alert alert);

    /** Tells it once. Telling the same alert twice must do no more than telling it once. */
    Outcome tell(Alert alert) throws InterruptedException;
}
