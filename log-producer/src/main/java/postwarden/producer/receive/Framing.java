package postwarden.producer.receive;

import java.util.Arrays;

/**
 * Cuts what comes over one connection into messages, as RFC 6587 describes it: counted ({@code 123 <22>…}, also RFC 5425) or up to a
 * LF. Each message may come in its own way. A count is one only where a message can follow it, which begins with its priority: a line
 * may begin with a year. Belongs to one thread.
 */
final class Framing {
    /** The longest message whose end is waited for, in bytes; of one that says to be longer the rest of the connection is lost. */
    static final int MOST_ANNOUNCED = 16 << 20;

    private static final int FIRST = 1_024;
    private static final int MOST_DIGITS = 9;

    private final int longest;
    private final MessageSink sink;
    private byte[] message = new byte[FIRST];
    private int length;
    private boolean cut;
    private State state = State.BEFORE;
    private int left;
    private long count;

    private enum State {
        BEFORE,
        /** Digits that may be a count. */
        DIGITS,
        /** Behind digits and a space. */
        COUNT,
        COUNTED,
        LINE
    }

    /** What came makes no messages: nothing behind it can be understood. */
    static final class Broken extends Exception {
        private static final long serialVersionUID = 1;

        Broken(String why) {
            super(why);
        }
    }

    Framing(int longest, MessageSink sink) {
        this.longest = longest;
        this.sink = sink;
    }

    /** Whether a message has begun and not ended. */
    boolean isWithin() {
        return state != State.BEFORE;
    }

    /** How many messages there were. */
    long count() {
        return count;
    }

    void feed(byte[] bytes, int from, int to) throws Broken, InterruptedException {
        int at = from;
        while (at < to) {
            at = switch (state) {
                case BEFORE, DIGITS, COUNT -> begin(bytes[at], at + 1);
                case COUNTED -> counted(bytes, at, to);
                case LINE -> line(bytes, at, to);
            };
        }
    }

    /** The connection ended in order: a line without its LF is one. False when part of a counted message is missing. */
    boolean finish() throws InterruptedException {
        boolean whole = state != State.COUNTED;
        if (state == State.LINE || state == State.DIGITS || state == State.COUNT) {
            emit();
        }
        return whole;
    }

    private int begin(byte b, int next) throws Broken, InterruptedException {
        if (state == State.BEFORE) {
            if (b != '\n' && b != '\r' && b != 0) {
                keep(b);
                state = b >= '1' && b <= '9' ? State.DIGITS : State.LINE;
            }
        } else if (b == '\n') {
            emit();
        } else if (state == State.COUNT && b == '<') {
            announced();
            keep(b);
        } else {
            boolean digit = b >= '0' && b <= '9' && length < MOST_DIGITS;
            boolean end = b == ' ';
            state = state == State.DIGITS && digit
                    ? State.DIGITS
                    : state == State.DIGITS && end ? State.COUNT : State.LINE;
            keep(b);
        }
        return next;
    }

    private void announced() throws Broken {
        int announced = 0;
        for (int i = 0; i < length - 1; i++) {
            announced = announced * 10 + message[i] - '0';
        }
        if (announced > MOST_ANNOUNCED) {
            throw new Broken("a message of " + announced + " bytes is announced");
        }
        length = 0;
        left = announced - 1;
        state = State.COUNTED;
    }

    private int counted(byte[] bytes, int from, int to) throws InterruptedException {
        int part = Math.min(left, to - from);
        keep(bytes, from, from + part);
        left -= part;
        if (left == 0) {
            emit();
        }
        return from + part;
    }

    private int line(byte[] bytes, int from, int to) throws InterruptedException {
        int at = from;
        while (at < to && bytes[at] != '\n') {
            at++;
        }
        keep(bytes, from, at);
        if (at < to) {
            emit();
        }
        return at + 1;
    }

    private void keep(byte b) {
        if (length == message.length) {
            message = Arrays.copyOf(message, length * 2);
        }
        message[length++] = b;
    }

    private void keep(byte[] bytes, int from, int to) {
        int part = Math.min(to - from, longest - length);
        cut |= part < to - from;
        if (length + part > message.length) {
            message = Arrays.copyOf(message, Math.min(longest, Math.max(message.length * 2, length + part)));
        }
        System.arraycopy(bytes, from, message, length, part);
        length += part;
    }

    /** Senders end counted messages with LF or NUL too, and lines with CR. */
    private void emit() throws InterruptedException {
        int end = length;
        while (end > 0 && (message[end - 1] == '\n' || message[end - 1] == '\r' || message[end - 1] == 0)) {
            end--;
        }
        boolean wasCut = cut;
        state = State.BEFORE;
        length = 0;
        cut = false;
        count++;
        if (end > 0) {
            sink.message(message, end, wasCut);
        }
        if (message.length > FIRST * 8) {
            // One long message is no reason to keep as much for each connection.
            message = new byte[FIRST];
        }
    }
}
