/**
 * A made-up fleet and what happens in it: people, remote sites, strangers, and incidents that are labelled. It writes log lines
 * and knows nothing of tallies, detectors or alerts, so that no constant of theirs can be one of its own.
 */
@NullMarked
package postwarden.simulate;

import org.jspecify.annotations.NullMarked;
