/** Shell: an alert as STIX 2.1 bundles (OASIS standard of 10 June 2021). */
@NullMarked
package postwarden.soc.stix;

import org.jspecify.annotations.NullMarked;
