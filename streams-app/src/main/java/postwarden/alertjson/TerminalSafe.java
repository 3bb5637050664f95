package postwarden.alertjson;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which characters must not reach a terminal as they are: a stranger writes the text of log lines, and an operator prints
 * them. Control characters would move the cursor or change colours (ECMA-48), format characters would turn the direction of
 * writing or hide text, halves of surrogate pairs are no text at all.
 */
public final class TerminalSafe extends CharacterEscapes {
    /** The same for texts in JSON. */
    public static final TerminalSafe JSON = new TerminalSafe();

    private static final long serialVersionUID = 1;
    private static final char DELETE = 0x7f;

    private TerminalSafe() {}

    /** Whether a character may be printed as it stands; a line feed or tab may not. */
    public static boolean isSafe(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /** The text with each unsafe character as a Java escape such as {@code \u001b}. */
    public static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(codePoint -> {
            if (isSafe(codePoint)) {
                escaped.appendCodePoint(codePoint);
            } else {
                for (char half : Character.toChars(codePoint)) {
                    escaped.append(escape(half));
                }
            }
        });
        return escaped.toString();
    }

    /** The text with U+FFFD for each half of a surrogate pair that stands alone. */
    public static String wellFormed(String text) {
        StringBuilder whole = new StringBuilder(text.length());
        text.codePoints().forEach(codePoint -> whole.appendCodePoint(isLoneSurrogate(codePoint) ? 0xfffd : codePoint));
        return whole.toString();
    }

    @Override
    public int[] getEscapeCodesForAscii() {
        int[] codes = standardAsciiEscapesForJSON();
        codes[DELETE] = ESCAPE_STANDARD;
        return codes;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int character) {
        return character < DELETE || isSafe(character) ? null : new SerializedString(escape((char) character));
    }

    private static boolean isLoneSurrogate(int codePoint) {
        return codePoint <= Character.MAX_VALUE && Character.isSurrogate((char) codePoint);
    }

    private static String escape(char character) {
        return String.format(Locale.ROOT, "\\u%04x", (int) character);
    }
}
