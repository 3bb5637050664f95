/**
 * Wiring: the lines topic read a second time beside the live service. A replay is the live topology, unchanged, under an
 * application id of its own; what bounds it stands outside: offsets set before it starts, a consumer that ends, and the
 * group's committed offsets, which say when all has gone through.
 */
@NullMarked
package postwarden.replay;

import org.jspecify.annotations.NullMarked;
