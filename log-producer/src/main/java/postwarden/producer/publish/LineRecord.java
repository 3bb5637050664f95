package postwarden.producer.publish;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;
import postwarden.producer.syslog.Header;
import postwarden.producer.syslog.TimeQuality;
import postwarden.schema.MailLine;

/**
 * What serializers of Avro take for a {@link MailLine}, whose schema it has: one object for all records, each for as long as it is
 * written. It lays down what the generated class would, without that one's cost: names are made into UTF-8 once, numbers stay numbers,
 * and the text is not copied on the way. A serializer that asks for fields instead gets those of the generated class.
 */
@SuppressWarnings("serial") // Avro's base class is Externalizable; nobody writes this one but Avro
final class LineRecord extends SpecificRecordBase {
    /** Names of hosts, programs and files that are kept as UTF-8; a host has some dozens, and whoever invents more gains nothing. */
    private static final int MOST_NAMES = 128;

    private static final int LONGEST_NAME = 256;

    private final Map<String, Utf8> names = new HashMap<>();
    private @Nullable Outgoing record;

    /** This object, as that record. */
    LineRecord of(Outgoing next) {
        record = next;
        return this;
    }

    @Override
    public Schema getSchema() {
        return MailLine.getClassSchema();
    }

    @Override
    public @Nullable Object get(int field) {
        return MailLines.of(current()).get(field);
    }

    @Override
    public void put(int field, @Nullable Object value) {
        throw new UnsupportedOperationException("only to be written");
    }

    @Override
    protected boolean hasCustomCoders() {
        return true;
    }

    /** In the order of the schema. */
    @Override
    public void customEncode(Encoder out) throws IOException {
        Outgoing line = current();
        out.writeEnum(MailLines.kind(line.kind()).ordinal());
        out.writeString(name(line.tenant()));
        out.writeString(name(line.reporter()));
        out.writeString(name(line.host()));
        header(line.header(), out);
        out.writeLong(line.readTimeMicros());
        text(line.text(), out);
        out.writeInt(line.header().messageStart());
        optional(line.header().reason(), out);
        out.writeString(name(line.file()));
        out.writeString(name(line.fileId()));
        out.writeLong(line.startOffset());
        out.writeLong(line.endOffset());
        out.writeInt(line.fragment());
        out.writeBoolean(line.last());
        out.writeArrayStart();
        out.setItemCount(line.roster().size());
        for (String host : line.roster()) {
            out.startItem();
            out.writeString(host);
        }
        out.writeArrayEnd();
        optional(line.note(), out);
        out.writeBoolean(line.contiguous());
        out.writeInt(line.fresh());
    }

    private void header(Header header, Encoder out) throws IOException {
        out.writeString(name(header.program()));
        if (branch(header.pidOrMinusOne() != Header.NO_PID, out)) {
            out.writeInt(header.pidOrMinusOne());
        }
        if (branch(header.quality() != TimeQuality.NONE, out)) {
            out.writeLong(header.timeMicros());
        }
        out.writeEnum(MailLines.quality(header.quality()).ordinal());
    }

    private static void text(ByteBuffer text, Encoder out) throws IOException {
        out.writeBytes(text.array(), text.arrayOffset() + text.position(), text.remaining());
    }

    private static void optional(String words, Encoder out) throws IOException {
        if (branch(!words.isEmpty(), out)) {
            out.writeString(words);
        }
    }

    /** Says which of null and a value comes; answers whether it is the value, which is to be written then. */
    private static boolean branch(boolean present, Encoder out) throws IOException {
        out.writeIndex(present ? 1 : 0);
        if (!present) {
            out.writeNull();
        }
        return present;
    }

    private Utf8 name(String name) {
        Utf8 known = names.get(name);
        return known == null ? made(name) : known;
    }

    private Utf8 made(String name) {
        Utf8 made = new Utf8(name);
        if (name.length() <= LONGEST_NAME) {
            if (names.size() >= MOST_NAMES) {
                names.clear();
            }
            names.put(name, made);
        }
        return made;
    }

    private Outgoing current() {
        return Objects.requireNonNull(record, "no record");
    }
}
