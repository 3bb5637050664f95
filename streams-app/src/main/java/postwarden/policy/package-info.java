/** POLICY what operators have decided beforehand: which findings are known and let be, until when, and who says so. */
@NullMarked
package postwarden.policy;

import org.jspecify.annotations.NullMarked;
