/** Shell: the configuration file, read once at start into the records of the packages that use them. Only the command line uses it. */
@NullMarked
package postwarden.producer.config;

import org.jspecify.annotations.NullMarked;
