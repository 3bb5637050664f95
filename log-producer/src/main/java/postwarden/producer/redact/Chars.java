package postwarden.producer.redact;

/** What bytes of secrets, and of what stands around them, may be; bytes of UTF-8 behind ASCII are negative and none of these. */
final class Chars {
    private Chars() {}

    static boolean isLetter(byte b) {
        int folded = b | ' ';
        return folded >= 'a' && folded <= 'z';
    }

    static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /** RFC 4648, both alphabets and the padding. */
    static boolean isBase64(byte b) {
        return isLetter(b) || isDigit(b) || "+/=-_".indexOf(b) >= 0;
    }

    /** crypt(5), and the parameters of the PHC string format. */
    static boolean isCrypt(byte b) {
        return isLetter(b) || isDigit(b) || "./$=,+-_".indexOf(b) >= 0;
    }

    /** What ends a value, or begins what stands behind it. */
    static boolean endsWord(byte b) {
        return isControlOrSpace(b) || ",;&>)]}'\"`\\".indexOf(b) >= 0;
    }

    /** RFC 3986, section 3.2: what ends the part with user and host; or the address. */
    static boolean endsAuthority(byte b) {
        return isControlOrSpace(b) || "/?#\"'<>\\".indexOf(b) >= 0;
    }

    private static boolean isControlOrSpace(byte b) {
        return b >= 0 && b <= ' ';
    }
}
