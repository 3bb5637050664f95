/** Shell: an alert as Open Cybersecurity Schema Framework 1.5, class Detection Finding. */
@NullMarked
package postwarden.soc.ocsf;

import org.jspecify.annotations.NullMarked;
