/**
 * Shell: what an alert is in the words of a SOC's systems. Pure functions from {@link postwarden.incident.Alert}; a package for
 * each format, and here what they share. May know the core's records and Jackson's tree; the command line prints, and
 * {@code notify} sends.
 */
@NullMarked
package postwarden.soc;

import org.jspecify.annotations.NullMarked;
