package postwarden.incident;

import java.util.Optional;

/**
 * What became of an operator's word.
 *
 * @param told the incident's record with it, where there is one to tell
 */
public record Heard(Outcome outcome, Optional<Alert> told) {
    /** What became of it. */
    public enum Outcome {
        /** The incident's next record tells it. */
        TOLD,
        /** It is remembered with an incident of which nobody was told by itself. */
        KEPT,
        /** It was known. */
        REPEATED,
        /** No incident of that id is remembered: only the policy topic has it. */
        UNKNOWN
    }

    static Heard untold(Outcome outcome) {
        return new Heard(outcome, Optional.empty());
    }
}
