package postwarden.e2e.producer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The few forms of ASN.1's distinguished encoding (X.690) that a certificate needs. */
final class Der {
    private static final int BOOLEAN = 0x01;
    private static final int INTEGER = 0x02;
    private static final int BITS = 0x03;
    private static final int OCTETS = 0x04;
    private static final int NAME = 0x06;
    private static final int TEXT = 0x0C;
    private static final int TIME = 0x17;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final DateTimeFormatter UTC_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private Der() {}

    static byte[] sequence(byte[]... parts) {
        return tagged(SEQUENCE, joined(parts));
    }

    static byte[] set(byte[]... parts) {
        return tagged(SET, joined(parts));
    }

    /** A name of the tree of object identifiers, as it is encoded. */
    static byte[] name(int... encoded) {
        byte[] bytes = new byte[encoded.length];
        for (int i = 0; i < encoded.length; i++) {
            bytes[i] = (byte) encoded[i];
        }
        return tagged(NAME, bytes);
    }

    static byte[] text(String text) {
        return tagged(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A whole number, as two's complement with the highest byte first. */
    static byte[] number(byte[] bytes) {
        return tagged(INTEGER, bytes);
    }

    static byte[] yes() {
        return tagged(BOOLEAN, new byte[] {(byte) 0xFF});
    }

    static byte[] octets(byte[] content) {
        return tagged(OCTETS, content);
    }

    /** Whole bytes of bits. */
    static byte[] bits(byte[] content) {
        return tagged(BITS, joined(new byte[1], content));
    }

    /** To the second, 1950 to 2049. */
    static byte[] time(Instant time) {
        return tagged(TIME, UTC_TIME.format(time).getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] tagged(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.length;
        if (length >= 0x100) {
            out.write(0x82);
            out.write(length >> 8);
        } else if (length >= 0x80) {
            out.write(0x81);
        }
        out.write(length);
        out.writeBytes(content);
        return out.toByteArray();
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
