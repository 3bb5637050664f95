package postwarden.soc;

/** Text that a stranger may have written, made fit for a receiver: whole characters, and no more of them than it takes. */
public final class PlainText {
    private static final int REPLACEMENT = 0xfffd;
    private static final String CUT = "…";

    private PlainText() {}

    /** The text with U+FFFD for each half of a surrogate pair that stands alone: no encoding has it. */
    public static String wellFormed(String text) {
        return text.codePoints()
                .map(c -> Character.getType(c) == Character.SURROGATE ? REPLACEMENT : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** The text as one line that moves no cursor and turns no writing around: U+FFFD for each such character, a space for a line's end. */
    public static String oneLine(String text) {
        return text.codePoints()
                .map(PlainText::harmless)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
    }

    /**
     * The first characters of it, well formed, with a mark where something is missing.
     *
     * @param most UTF-16 units, >= 1
     */
    public static String bounded(String text, int most) {
        if (text.length() <= most) {
            return wellFormed(text);
        }
        int room = most - CUT.length();
        int end = room > 0 && Character.isHighSurrogate(text.charAt(room - 1)) ? room - 1 : room;
        return wellFormed(text.substring(0, end)) + CUT;
    }

    private static int harmless(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c == '\n' || c == '\r' || c == '\t' ? ' ' : REPLACEMENT;
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> ' ';
            case Character.FORMAT, Character.SURROGATE -> REPLACEMENT;
            default -> c;
        };
    }
}
