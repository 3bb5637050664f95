/** The agent on a mail host: tails logs into Kafka. Only its command line lives here; nothing depends on it. */
@NullMarked
package postwarden.producer;

import org.jspecify.annotations.NullMarked;
