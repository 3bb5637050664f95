/** Shell: reads the alert topic as a SOC does, committed records only. Knows the wiring's record format and nothing of who reads. */
@NullMarked
package postwarden.soc.topic;

import org.jspecify.annotations.NullMarked;
