/** Shell: an alert as ArcSight's Common Event Format, version 25 of its specification (CEF:0). */
@NullMarked
package postwarden.soc.cef;

import org.jspecify.annotations.NullMarked;
