package postwarden.event;

import java.util.Locale;

/** What became of one attempt to deliver to one recipient. */
public enum Status {
    SENT,
    DEFERRED,
    BOUNCED,
    EXPIRED,
    UNDELIVERABLE,
    /** A probe found that mail could be delivered; nothing was. */
    DELIVERABLE,
    DISCARDED;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name in JSON, such as {@code deferred}. */
    public String wireName() {
        return wireName;
    }
}
