/** Shell: configuration, read once at start. */
@NullMarked
package postwarden.config;

import org.jspecify.annotations.NullMarked;
