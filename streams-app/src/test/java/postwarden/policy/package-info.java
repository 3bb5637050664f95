@NullMarked
package postwarden.policy;

import org.jspecify.annotations.NullMarked;
