/** Core 6: findings to incidents, one per cause; life cycle, parents and children, evidence, advice. Depends on detect and below. */
@NullMarked
package postwarden.incident;

import org.jspecify.annotations.NullMarked;
