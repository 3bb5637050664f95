package postwarden.config;

import com.maxmind.db.Reader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import postwarden.tally.Systems;

/**
 * Autonomous systems by a file; an address that it does not know is its wide prefix. May be asked by several threads: the
 * latest answers are kept in slots that each hold a whole answer or another, never half of one.
 */
final class AsnDatabase implements Systems {
    /** Answers kept, a power of two: people log in from some thousand addresses, again and again. */
    private static final int SLOTS = 1 << 13;

    private static final int BYTES = 4;

    private final Reader reader;
    private final Answer[] answers = new Answer[SLOTS];

    private record Answer(String ip, String system) {
        static final Answer NONE = new Answer("", "");
    }

    AsnDatabase(Reader reader) {
        this.reader = reader;
        Arrays.fill(answers, Answer.NONE);
    }

    @Override
    public String of(String ip) {
        int slot = spread(ip.hashCode()) & (SLOTS - 1);
        Answer last = answers[slot];
        if (!last.ip.equals(ip)) {
            last = new Answer(ip, lookUp(ip));
            answers[slot] = last;
        }
        return last.system;
    }

    private String lookUp(String ip) {
        try {
            InetAddress address = address(ip);
            String known = address == null ? "" : name(reader.get(address, Map.class));
            return known.isEmpty() ? PREFIXES.of(ip) : known;
        } catch (IOException impossible) {
            throw new UncheckedIOException("a row that was read at start cannot be read: " + ip, impossible);
        }
    }

    /** The row's system, such as AS64500, as the makers of such files name it; empty when it has none. */
    static String name(@Nullable Map<?, ?> row) {
        if (row == null) {
            return "";
        }
        if (row.get("autonomous_system_number") instanceof Number number) {
            return "AS" + number;
        }
        return row.get("asn") instanceof String text ? text : "";
    }

    /** Never asks a name server: what is no address in digits is none. */
    private static @Nullable InetAddress address(String ip) {
        try {
            return ip.indexOf(':') >= 0 ? InetAddress.getByName(ip) : fourBytes(ip);
        } catch (UnknownHostException noAddress) {
            return null;
        }
    }

    private static @Nullable InetAddress fourBytes(String ip) throws UnknownHostException {
        String[] parts = ip.split("\\.", -1);
        byte[] bytes = new byte[BYTES];
        for (int i = 0; i < parts.length; i++) {
            int part = i < BYTES
                            && !parts[i].isEmpty()
                            && parts[i].length() <= 3
                            && parts[i].chars().allMatch(AsnDatabase::isDigit)
                    ? Integer.parseInt(parts[i])
                    : -1;
            if (part < 0 || part > 255) {
                return null;
            }
            bytes[i] = (byte) part;
        }
        return parts.length == BYTES ? InetAddress.getByAddress(bytes) : null;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static int spread(int hash) {
        return hash ^ (hash >>> 16);
    }
}
