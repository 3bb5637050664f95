package postwarden.schema.wire;

import org.apache.avro.generic.GenericData;
import org.apache.avro.specific.SpecificData;

/** What stands before Avro's bytes in a record: Confluent's wire format, as its documentation states it. */
final class WireFormat {
    /** The first byte of every record. */
    static final byte MAGIC = 0;

    /** Bytes before Avro's: the magic byte and the schema's id, a big-endian int. */
    static final int HEADER = 1 + Integer.BYTES;

    private WireFormat() {}

    /** TopicNameStrategy: the subject of a topic's keys or values. */
    static String subject(String topic, boolean isKey) {
        return topic + (isKey ? "-key" : "-value");
    }

    /**
     * How the fields of a generated class are read and written: with the code that Avro generated for it, where it did,
     * instead of a walk over its schema; and with the class's own logical types.
     */
    static SpecificData dataOf(Class<?> type) {
        SpecificData data = new SpecificData(type.getClassLoader());
        SpecificData own = SpecificData.getForClass(type);
        own.getConversions().forEach(data::addLogicalTypeConversion);
        data.setCustomCoders(true);
        // One way to read and to be tested, whatever -Dorg.apache.avro.fastread says.
        data.setFastReaderEnabled(false);
        return data;
    }

    /** How generic records are read and written. */
    static GenericData generic() {
        return new GenericData();
    }
}
