package postwarden.producer.redact;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where in a line a mark may stand. Every second place is looked at, three bytes at a time, as one index into a table: of each mark two
 * neighbouring windows are in the table, so one of them is met. A line without any costs about a nanosecond for two bytes and makes no
 * objects.
 */
final class Marks {
    /** Letters of either case are the same to the table; the bytes themselves are compared behind it. */
    private static final int FOLD = 0x20202020;

    private static final int BITS = 15;
    /** Knuth's multiplicative hash: the golden ratio of 32 bits. */
    private static final int SPREAD = 0x9E3779B1;

    private static final int WINDOW = 3;
    private static final int STRIDE = 2;
    /** What a hash (crypt(5)) or the user of an address (RFC 3986) may begin with, behind a mark of three bytes. */
    private static final String BEHIND_SHORT = "abcdefghijklmnopqrstuvwxyz0123456789./$=%_-~+!";

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /**
     * Words that fill ordinary logs. A mark is looked for by that part of it which is rarest here: wrong alarms cost time, nothing else.
     */
    private static final String ORDINARY =
            "Nov 21 08:16:24 mx1 postfix/smtpd[233]: connect from unknown[192.0.2.6] disconnect "
                    + "ehlo=1 mail=1 rcpt=1 data=1 quit=1 commands=5 client=mail.example.com sasl_method=PLAIN, sasl_username="
                    + " cleanup message-id=<@> qmgr: from=<>, size=, nrcpt=1 (queue active) removed to=<>, relay=, delay=0.1, "
                    + "delays=0/0/0/0, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as ) NOQUEUE: reject: RCPT from "
                    + "said: 550 5.1.1 User unknown in local recipient table; warning: SASL LOGIN authentication failed: "
                    + "dovecot: imap-login: Login: user=<>, method=PLAIN, rip=, lip=, mpid=, TLS, session=<> Disconnected: "
                    + "Logged out in= out= auth failed, attempts in secs lmtp( ): saved mail to INBOX sieve: msgid= stored "
                    + "exim <= H=( ) [ ] P=esmtpsa X=TLS1.3:ECDHE A=login: S= id= => R=dnslookup T=remote_smtp C=\"250 OK\" "
                    + "Completed no host name found for IP address lost connection after from status= rejected relay not "
                    + "permitted spam score last error command error in mand was with ";

    private final boolean[] known = new boolean[1 << BITS];
    private final Mark[][] marks = new Mark[1 << BITS][];

    /** One mark as it is found: by a window that stands a way behind its first byte. */
    private static final class Mark {
        private final Secret secret;
        private final byte[] bytes;
        private final boolean anyCase;
        private final int window;

        Mark(Secret secret, byte[] bytes, boolean anyCase, int window) {
            this.secret = secret;
            this.bytes = bytes;
            this.anyCase = anyCase;
            this.window = window;
        }

        boolean stands(byte[] line, int at) {
            for (int i = 0; i < bytes.length; i++) {
                byte b = line[at + i];
                boolean capital = anyCase && b >= 'A' && b <= 'Z';
                if ((capital ? b | ' ' : b) != bytes[i]) {
                    return false;
                }
            }
            return true;
        }
    }

    Marks(List<Secret> secrets) {
        Arrays.fill(marks, new Mark[0]);
        for (Secret secret : secrets) {
            for (String mark : spellings(secret.marks())) {
                add(secret, mark.getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    /** The next place at or behind {@code at} that is worth a look, or {@code to}. */
    int next(byte[] bytes, int at, int to) {
        int last = to - Integer.BYTES;
        int i = at;
        while (i <= last) {
            if (known[index((int) INTS.get(bytes, i))]) {
                return i;
            }
            i += STRIDE;
        }
        return to;
    }

    /** Goes on behind a place where no secret was found. */
    static int behind(int place) {
        return place + STRIDE;
    }

    /** Looks for the secret of a mark at such a place; it is noted in the line. */
    @Nullable
    Secret at(Line line, int place, int to) {
        for (Mark mark : marks[index((int) INTS.get(line.bytes(), place))]) {
            int start = place - mark.window;
            int end = start + mark.bytes.length;
            boolean here = start >= line.from() && end <= to && mark.stands(line.bytes(), start);
            if (here && mark.secret.extent().find(line, start, end)) {
                return mark.secret;
            }
        }
        return null;
    }

    /** In a JSON string a quote has a backslash in front of it. */
    private static List<String> spellings(List<String> marks) {
        List<String> all = new ArrayList<>(marks);
        marks.stream()
                .filter(mark -> mark.indexOf('"') >= 0)
                .map(mark -> mark.replace("\"", "\\\""))
                .forEach(all::add);
        return all;
    }

    private void add(Secret secret, byte[] mark) {
        if (mark.length < WINDOW) {
            throw new IllegalArgumentException("a mark of fewer than three bytes in " + secret.name());
        }
        boolean anyCase = new String(mark, StandardCharsets.US_ASCII).chars().noneMatch(Character::isUpperCase);
        int window = rarest(mark);
        put(index(word(mark, window)), new Mark(secret, mark, anyCase, window));
        if (mark.length > WINDOW) {
            put(index(word(mark, window + 1)), new Mark(secret, mark, anyCase, window + 1));
            return;
        }
        byte[] longer = Arrays.copyOf(mark, WINDOW + 1);
        for (int i = 0; i < BEHIND_SHORT.length(); i++) {
            longer[WINDOW] = (byte) BEHIND_SHORT.charAt(i);
            put(index(word(longer, window + 1)), new Mark(secret, mark, anyCase, window + 1));
        }
    }

    private void put(int index, Mark mark) {
        known[index] = true;
        Mark[] before = marks[index];
        marks[index] = Arrays.copyOf(before, before.length + 1);
        marks[index][before.length] = mark;
    }

    private static int rarest(byte[] mark) {
        int rarest = 0;
        int fewest = Integer.MAX_VALUE;
        for (int at = 0; at + WINDOW < mark.length; at++) {
            int count = ordinary(index(word(mark, at))) + ordinary(index(word(mark, at + 1)));
            if (count < fewest) {
                rarest = at;
                fewest = count;
            }
        }
        return rarest;
    }

    private static int ordinary(int index) {
        byte[] text = ORDINARY.getBytes(StandardCharsets.US_ASCII);
        int count = 0;
        for (int at = 0; at + Integer.BYTES <= text.length; at++) {
            count += index((int) INTS.get(text, at)) == index ? 1 : 0;
        }
        return count;
    }

    /** The table's index of the first three of four bytes. */
    private static int index(int word) {
        return (((word | FOLD) << Byte.SIZE) * SPREAD) >>> (Integer.SIZE - BITS);
    }

    private static int word(byte[] mark, int at) {
        int word = 0;
        for (int i = 0; i < WINDOW; i++) {
            word |= (mark[at + i] & 0xff) << (i * Byte.SIZE);
        }
        return word;
    }
}
