package postwarden.producer.sample;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A question for a domain's MX records and what an answer to it looks like (RFC 1035, 4.1). Only how the server answered is read, never
 * what: nothing of an answer is kept, so there is nothing to forge but the time.
 */
final class DnsQuestion {
    /** No answer that is asked for in this way is larger (RFC 1035, 4.2.1). */
    static final int MOST_ANSWER = 512;

    private static final int HEADER = 12;
    private static final short RECURSION_DESIRED = 0x0100;
    private static final short MX = 15;
    private static final short INTERNET = 1;
    private static final int IS_ANSWER = 0x80;
    private static final int CODE = 0x0f;
    private static final int NO_ERROR = 0;
    private static final int NO_SUCH_DOMAIN = 3;
    private static final int FLAGS_AT = 2;
    private static final int CODE_AT = 3;

    private final byte[] bytes;

    /**
     * A question.
     *
     * @param id tells answers apart, any 16 bits that nobody can guess
     * @param domain labels of at most 63 characters of ASCII
     */
    DnsQuestion(int id, String domain) {
        ByteBuffer question = ByteBuffer.allocate(HEADER + domain.length() + 6);
        question.putShort((short) id)
                .putShort(RECURSION_DESIRED)
                .putShort((short) 1)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0);
        for (String label : domain.split("\\.", -1)) {
            question.put((byte) label.length()).put(label.getBytes(StandardCharsets.US_ASCII));
        }
        question.put((byte) 0).putShort(MX).putShort(INTERNET);
        bytes = question.array();
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /** What came. */
    enum Answer {
        /** The server knows, also that there is no such domain. */
        KNOWN,
        /** The server says that it failed, or will not tell. */
        FAILED,
        /** Not an answer to this question. */
        OTHER
    }

    /** Reads a datagram of which so many bytes came. */
    Answer answer(byte[] datagram, int length) {
        if (length < HEADER
                || datagram[0] != bytes[0]
                || datagram[1] != bytes[1]
                || (datagram[FLAGS_AT] & IS_ANSWER) == 0) {
            return Answer.OTHER;
        }
        int code = datagram[CODE_AT] & CODE;
        return code == NO_ERROR || code == NO_SUCH_DOMAIN ? Answer.KNOWN : Answer.FAILED;
    }
}
