package postwarden.stream;

import java.util.Optional;

/**
 * What the intake forwards: a tick, which makes the next commit drain, or a record that could not be read.
 *
 * @param deadLetter the record's bytes as they came; empty for a tick. The cause is in the record's headers
 */
record IntakeOutput(Optional<byte[]> deadLetter) {
    static final IntakeOutput TICK = new IntakeOutput(Optional.empty());

    boolean isTick() {
        return deadLetter.isEmpty();
    }
}
