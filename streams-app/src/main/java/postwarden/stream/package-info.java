/** Wiring: the topology on one page, its topics, stores and codecs, and its failure policy. No rules of its own. */
@NullMarked
package postwarden.stream;

import org.jspecify.annotations.NullMarked;
