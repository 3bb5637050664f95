/** The lines of PAM's modules, whoever's program they stand in, and of saslauthd. Depends on rule. */
@NullMarked
package postwarden.parse.login;

import org.jspecify.annotations.NullMarked;
