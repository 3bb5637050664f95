package postwarden.incident;

/** Why an incident is over. */
public enum Resolution {
    /** It is not over. */
    NONE(0, ""),
    /** The remedy was seen to work. */
    VERIFIED(1, "verified"),
    /** The measures fell below their thresholds. */
    SUBSIDED(2, "subsided"),
    /** Something else turned out to be the matter. */
    OTHER_CAUSE(3, "other-cause"),
    /** Its parent tells it from now on. */
    SUPERSEDED(4, "superseded"),
    /** An operator lets it be from now on, while it goes on. */
    ALLOWED(5, "allowed");

    private final int id;
    private final String wireName;

    Resolution(int id, String wireName) {
        this.id = id;
        this.wireName = wireName;
    }

    /** Stable number for stores; never reused. */
    public int id() {
        return id;
    }

    /** The name in alerts, empty while it is not over. */
    public String wireName() {
        return wireName;
    }

    /** The resolution with this number. @throws IllegalArgumentException when there is none */
    public static Resolution of(int id) {
        for (Resolution resolution : values()) {
            if (resolution.id == id) {
                return resolution;
            }
        }
        throw new IllegalArgumentException("no resolution has the number " + id);
    }
}
