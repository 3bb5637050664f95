/** Shell: how the agent's own log is written. Named in {@code producer-logback.xml}; no other package uses it. */
@NullMarked
package postwarden.producer.logging;

import org.jspecify.annotations.NullMarked;
