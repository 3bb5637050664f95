package postwarden.stream;

import java.util.Optional;

/**
 * What becomes of a record of the policy topic: it is told to the desk, or could not be read.
 *
 * @param told for the desk
 * @param deadLetter the record's bytes as they came; the cause is in the record's headers
 */
record PolicyOutput(Optional<byte[]> told, Optional<byte[]> deadLetter) {}
