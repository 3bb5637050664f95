package postwarden.detect;

/** How soon a person must look, rising. */
public enum Severity {
    INFO,
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    /** This severity, with half a sentence that says why not a lower or a higher one. */
    public Grade because(String reason) {
        return new Grade(this, reason);
    }

    /** The higher of the two. */
    public Severity max(Severity other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
