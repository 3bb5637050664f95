/**
 * Kafka's serializer and deserializer for Avro in Confluent's wire format: a zero byte, the schema's id in the registry
 * as four bytes, big-endian, then Avro's binary encoding. Everything else names these classes in configuration only.
 */
@NullMarked
package postwarden.schema.wire;

import org.jspecify.annotations.NullMarked;
