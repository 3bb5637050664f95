/** Who asks, and what they may: tokens, certificates, roles and scopes. Knows policies' patterns and how problems are told. */
@NullMarked
package postwarden.serve.access;

import org.jspecify.annotations.NullMarked;
