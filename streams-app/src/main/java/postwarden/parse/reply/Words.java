package postwarden.parse.reply;

/**
 * How the words of a reply are looked at: with one blank between them, with the codes that begin the further lines of a
 * reply left out wherever the lines were joined, and without what a stranger chose.
 *
 * <p>Several lines of one reply are logged as {@code 550-5.7.1 this is likely 550 5.7.1 spam} (Postfix) or with
 * {@code \n} between them (Exim), so that a phrase may be cut in two by a code. Constant work for each character.
 */
final class Words {
    private static final int ASCII = 128;
    private static final String[] ENTITIES = {"&lt;", "&gt;", "&quot;", "&#39;", "&#039;", "&apos;", "&amp;"};
    private static final String MEANT = "<>\"'''&";
    private static final boolean[] BORDER = marked("<>()[],;:=");
    private static final boolean[] PLAIN = plain();
    private static final boolean[] OF_WORD = ofWord();

    private Words() {}

    /** Whether the character means itself and ends no word. */
    static boolean isOfWord(char c) {
        return c < ASCII && OF_WORD[c];
    }

    /** Whether the character means itself and is looked at as it is. */
    static boolean isPlain(char c) {
        return c < ASCII && PLAIN[c];
    }

    /** Whether the character ends a word, which may be an address; blanks do as well. */
    static boolean isBorder(char c) {
        return c < ASCII && BORDER[c];
    }

    /** Whether a blank begins here: a blank, a control character, or {@code \n} as daemons write a line's end. */
    static boolean isBlank(String text, int at) {
        char c = text.charAt(at);
        return c <= ' '
                || c == '\u00a0'
                || c == '\u007f'
                || (c == '\\' && at + 1 < text.length() && "nrt".indexOf(text.charAt(at + 1)) >= 0);
    }

    /** Behind the blanks that stand there, and behind a further line's {@code 550-5.7.1 } when its code is the reply's. */
    static int afterBlanks(String text, int from, int code) {
        int at = from;
        while (at < text.length()) {
            if (isBlank(text, at)) {
                at += text.charAt(at) == '\\' ? 2 : 1;
            } else if (code > 0 && (text.charAt(at) == '4' || text.charAt(at) == '5') && Codes.code(text, at) == code) {
                at = Math.min(text.length(), at + 4);
                at += Codes.dsn(text, at).length();
            } else {
                return at;
            }
        }
        return at;
    }

    /** Where the word ends that has an @ there. */
    static int addressEnd(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) > ' ' && !isBorder(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** What a character that is not plain stands for. */
    static char meant(String text, int at) {
        char c = text.charAt(at);
        if (c == '\u2018' || c == '\u2019') {
            return '\'';
        }
        int entity = c == '&' ? entity(text, at) : -1;
        return entity < 0 ? c : MEANT.charAt(entity);
    }

    /** Of how many characters the one is written that stands there. */
    static int length(String text, int at) {
        int entity = text.charAt(at) == '&' ? entity(text, at) : -1;
        return entity < 0 ? 1 : ENTITIES[entity].length();
    }

    private static int entity(String text, int at) {
        for (int which = 0; which < ENTITIES.length; which++) {
            if (text.startsWith(ENTITIES[which], at)) {
                return which;
            }
        }
        return -1;
    }

    private static boolean[] marked(String characters) {
        boolean[] marked = new boolean[ASCII];
        characters.chars().forEach(c -> marked[c] = true);
        return marked;
    }

    private static boolean[] ofWord() {
        boolean[] ofWord = plain();
        for (int c = 0; c < ASCII; c++) {
            ofWord[c] &= !BORDER[c];
        }
        return ofWord;
    }

    private static boolean[] plain() {
        boolean[] plain = new boolean[ASCII];
        for (char c = '!'; c <= '~'; c++) {
            plain[c] = "<@&\\".indexOf(c) < 0;
        }
        return plain;
    }
}
