/** Shell: an alert as Elastic Common Schema 8.17. */
@NullMarked
package postwarden.soc.ecs;

import org.jspecify.annotations.NullMarked;
