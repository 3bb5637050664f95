/** Core 4: events to mergeable tallies in panes of event time; windows and baselines over them. Depends on event, parse and correlate. */
@NullMarked
package postwarden.tally;

import org.jspecify.annotations.NullMarked;
