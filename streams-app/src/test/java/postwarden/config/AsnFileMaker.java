package postwarden.config;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes a small MaxMind DB file (format 2.0, records of 24 bits), as makers of such files do. */
final class AsnFileMaker {
    private static final byte[] METADATA = "\u00AB\u00CD\u00EFMaxMind.com".getBytes(StandardCharsets.ISO_8859_1);
    /** Zeros between tree and data. */
    private static final int SEPARATOR = 16;

    private static final int STRING = 2;
    private static final int UINT16 = 5;
    private static final int UINT32 = 6;
    private static final int MAP = 7;
    private static final int UINT64 = 9;
    private static final int ARRAY = 11;

    private final List<int[]> nodes = new ArrayList<>(List.of(new int[2]));
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    /** A network and its row; IPv4 stands in the first 96 zero bits of IPv6. */
    AsnFileMaker add(String network, int length, Map<String, Object> row) throws UnknownHostException {
        byte[] address = InetAddress.getByName(network).getAddress();
        byte[] bits = new byte[16];
        System.arraycopy(address, 0, bits, 16 - address.length, address.length);
        int depth = length + 8 * (16 - address.length);
        int node = 0;
        for (int i = 0; i < depth - 1; i++) {
            int bit = bit(bits, i);
            if (nodes.get(node)[bit] == 0) {
                nodes.add(new int[2]);
                nodes.get(node)[bit] = nodes.size() - 1;
            }
            node = nodes.get(node)[bit];
        }
        nodes.get(node)[bit(bits, depth - 1)] = -1 - data.size();
        put(data, row);
        return this;
    }

    byte[] made() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        int count = nodes.size();
        for (int[] node : nodes) {
            for (int child : node) {
                int record = child == 0 ? count : child > 0 ? child : count + SEPARATOR + (-1 - child);
                file.write(record >> 16);
                file.write(record >> 8);
                file.write(record);
            }
        }
        file.writeBytes(new byte[SEPARATOR]);
        file.writeBytes(data.toByteArray());
        file.writeBytes(METADATA);
        put(
                file,
                new TreeMap<>(Map.of(
                        "binary_format_major_version",
                        2,
                        "binary_format_minor_version",
                        0,
                        "build_epoch",
                        5_000_000_000L,
                        "database_type",
                        "Test-ASN",
                        "description",
                        Map.of("en", "made for a test"),
                        "ip_version",
                        6,
                        "languages",
                        List.of("en"),
                        "node_count",
                        (long) count,
                        "record_size",
                        24)));
        return file.toByteArray();
    }

    private static int bit(byte[] bits, int at) {
        return bits[at / 8] >> (7 - at % 8) & 1;
    }

    private static void put(ByteArrayOutputStream out, Object value) {
        if (value instanceof Map<?, ?> map) {
            control(out, MAP, map.size());
            map.forEach((key, each) -> {
                put(out, key);
                put(out, each);
            });
        } else if (value instanceof List<?> list) {
            control(out, ARRAY, list.size());
            list.forEach(each -> put(out, each));
        } else if (value instanceof String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            control(out, STRING, bytes.length);
            out.writeBytes(bytes);
        } else if (value instanceof Integer number) {
            number(out, UINT16, number, 2);
        } else if (value instanceof Long number && number > 0xFFFF_FFFFL) {
            number(out, UINT64, number, 8);
        } else if (value instanceof Long number) {
            number(out, UINT32, number, 4);
        } else {
            throw new IllegalArgumentException("no form for " + value);
        }
    }

    private static void number(ByteArrayOutputStream out, int type, long value, int bytes) {
        control(out, type, bytes);
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            out.write((int) (value >> shift));
        }
    }

    /** Types above seven are written as zero and, behind it, how far they are beyond seven; sizes from 29 on take a byte more. */
    private static void control(ByteArrayOutputStream out, int type, int size) {
        int first = Math.min(size, 29);
        out.write((type > 7 ? 0 : type << 5) | first);
        if (type > 7) {
            out.write(type - 7);
        }
        if (size >= 29) {
            out.write(size - 29);
        }
    }
}
