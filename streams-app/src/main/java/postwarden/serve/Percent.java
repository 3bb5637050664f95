package postwarden.serve;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import postwarden.serve.wire.Refusal;

/** Reads percent-encoded text (RFC 3986) as UTF-8 and nothing else: what is malformed or holds control characters is refused. */
final class Percent {
    private Percent() {}

    /**
     * @param what names it in the refusal
     * @param form whether a plus stands for a blank, as in a query
     * @throws Refusal 400
     */
    static String decode(String what, String raw, boolean form, int mostBytes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                bytes.write(hex(what, raw, i + 1) << 4 | hex(what, raw, i + 2));
                i += 2;
            } else if (c > 0x7e || c <= 0x20) {
                throw Refusal.bad(what + " must be percent-encoded UTF-8");
            } else {
                bytes.write(form && c == '+' ? ' ' : c);
            }
        }
        if (bytes.size() > mostBytes) {
            throw Refusal.bad(what + " must have at most " + mostBytes + " bytes");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
            return clean(what, text);
        } catch (CharacterCodingException malformed) {
            throw Refusal.bad(what + " must be percent-encoded UTF-8");
        }
    }

    /** The same text. @throws Refusal 400 when it holds control characters or ends of lines */
    static String clean(String what, String text) {
        if (isUnclean(text)) {
            throw Refusal.bad(what + " must not have control characters");
        }
        return text;
    }

    /** Whether it holds control characters or ends of lines. */
    static boolean isUnclean(String text) {
        return text.codePoints()
                .anyMatch(c -> Character.isISOControl(c)
                        || Character.getType(c) == Character.LINE_SEPARATOR
                        || Character.getType(c) == Character.PARAGRAPH_SEPARATOR);
    }

    private static int hex(String what, String raw, int at) {
        int digit = at < raw.length() ? Character.digit(raw.charAt(at), 16) : -1;
        if (digit < 0 || raw.charAt(at) > 0x7f) {
            throw Refusal.bad(what + " must be percent-encoded UTF-8");
        }
        return digit;
    }
}
