package postwarden.detect;

/**
 * How soon a person must look, and why not later or sooner.
 *
 * @param because half a sentence for a person, without a full stop
 */
public record Grade(Severity severity, String because) {
    /** As the last sentence of a finding's summary. */
    String sentence() {
        return severity + ": " + because + ".";
    }
}
