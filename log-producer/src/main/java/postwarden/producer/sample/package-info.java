/**
 * Shell: what no log holds, measured now and then: mail queues, sessions, refused connections, load, memory, the spool's disk, the
 * resolver. One class a probe behind {@link postwarden.producer.sample.Probe}, each optional, in a thread of its own, with bounds of
 * time and size; what a probe cannot do is said once and sent as such. Nothing of the lines depends on it; samples leave through
 * {@link postwarden.producer.publish.SampleOutlet}. Holds domains and IP addresses, never mail addresses.
 */
@NullMarked
package postwarden.producer.sample;

import org.jspecify.annotations.NullMarked;
