package postwarden.notify;

import java.util.List;
import postwarden.soc.PlainText;

/** Text in Markdown (CommonMark 0.31) that a stranger may have written: it formats nothing, links nowhere, loads no picture. */
final class Markdown {
    /** What CommonMark lets a backslash escape (section 2.4). */
    private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    private Markdown() {}

    /** One line of prose. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        PlainText.oneLine(text).codePoints().forEach(c -> {
            if (PUNCTUATION.indexOf(c) >= 0) {
                escaped.append('\\');
            }
            escaped.appendCodePoint(c);
        });
        return escaped.toString();
    }

    /** Lines as they are, in a fence that none of them can close. */
    static String code(List<String> lines) {
        int longest = 2;
        for (String line : lines) {
            int run = 0;
            for (int i = 0; i < line.length(); i++) {
                run = line.charAt(i) == '`' ? run + 1 : 0;
                longest = Math.max(longest, run);
            }
        }
        String fence = "`".repeat(longest + 1);
        return fence + "\n" + String.join("\n", lines) + "\n" + fence;
    }
}
