/**
 * Shell: a small consumer of the alert topic that calls people and opens tickets over HTTPS. Each receiver has a consumer group
 * and a thread of its own, so that one that is down keeps nobody else waiting. A record's offset is committed when the receiver
 * has it, or has refused it for good: at least once, and what a receiver gets twice bears the same key.
 */
@NullMarked
package postwarden.notify;

import org.jspecify.annotations.NullMarked;
