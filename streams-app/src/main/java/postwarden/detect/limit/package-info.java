/**
 * Core 5: limits that daemons state themselves: one detector, a table of what to make of each statement. Only Detectors depends
 * on it.
 */
@NullMarked
package postwarden.detect.limit;

import org.jspecify.annotations.NullMarked;
