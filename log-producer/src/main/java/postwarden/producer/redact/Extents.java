package postwarden.producer.redact;

/**
 * Where secrets begin and end. A daemon that writes a password as it came may write anything: such a secret ends at the last place at
 * which the daemon's own words go on, and where that is not certain, with the line.
 */
final class Extents {
    private static final String NEXT_DATABASE = ") - trying the next ";
    private static final int PASSDB = "passdb".length();
    /** How far a mark and its secret may be apart, in bytes; keeps the search linear. */
    private static final int FAR = 300;
    /** {@code ]:65535: }. */
    private static final int PORT = 9;
    /** The longest name of a password scheme or hash with its braces (Dovecot, password-scheme.c). */
    private static final int LONGEST_SCHEME = 24;
    /** A crypt(3) hash is longer than this behind its mark; {@code costs $5$} is none. */
    private static final int SHORTEST_CRYPT = 8;

    private static final int LONGEST_WORD = 12;
    /** base64 of a password of one to three characters. */
    private static final int SHORTEST_BASE64 = 4;

    private Extents() {}

    /**
     * {@code (given password: SECRET)}: Dovecot ends the line with the bracket, or with the database that it asks next. A line that
     * ends otherwise was cut off somewhere in the password.
     */
    static boolean given(Line line, int mark, int behind) {
        int end = line.end(behind);
        if (line.goesOn(end)) {
            return mayHoldPasswords(line) && line.secret(mark + 1, behind, end);
        }
        while (end > behind && (line.at(end - 1) == ' ' || line.at(end - 1) == '\r')) {
            end--;
        }
        int next = end - NEXT_DATABASE.length() - PASSDB;
        int close = end > behind && line.at(end - 1) == ')' ? end - 1 : end;
        boolean asksNext = next >= behind && line.is(NEXT_DATABASE, next, end);
        return mayHoldPasswords(line) && line.secret(mark + 1, behind, asksNext ? next : close);
    }

    /** Everything to the end of the line, in the words of a process that logs no stranger's text in front of them. */
    static boolean rest(Line line, int mark, int behind) {
        return mayHoldPasswords(line) && line.secret(behind, line.end(behind));
    }

    /** Everything to the end of the line, whoever wrote it. */
    static boolean restOfAny(Line line, int mark, int behind) {
        return line.secret(behind, line.end(behind));
    }

    /** {@code : SCHEME(SECRET) != 'HASH'}: to the end of the line. A mechanism's prefix, {@code : plain(user,192.0.2.6): }, is none. */
    static boolean compared(Line line, int mark, int behind) {
        int end = line.end(behind);
        return (line.lastDifference(end) >= behind || line.goesOn(end)) && rest(line, mark, behind);
    }

    /** A value: in quotes, or one word; all that follows in Dovecot's debugging, between tabs, and in a line that is far too long. */
    static boolean value(Line line, int mark, int behind) {
        int end = line.end(behind);
        boolean debug = line.writer() == Line.Writer.DOVECOT && line.isDebugging(mark);
        if (debug || !line.isWhole() || isBehindTab(line, mark)) {
            return line.secret(behind, end);
        }
        int start = behind < end && line.at(behind) == '\\' ? behind + 1 : behind;
        boolean quoted = start < end && (line.at(start) == '\'' || line.at(start) == '"' || line.at(start) == '`');
        return quoted ? quoted(line, mark, start + 1) : line.secret(behind, word(line, behind, end));
    }

    /** A value whose key is the whole word: {@code bypass=} and {@code compass=} are others. */
    static boolean valueOfWord(Line line, int mark, int behind) {
        boolean other = isLetter(line, mark - 1) && !line.is("\\t", mark - 2, mark);
        return !other && value(line, mark, behind);
    }

    /** The mark ends with a quote, and the secret with the last one of the line: what is between may hold quotes too. */
    static boolean quoted(Line line, int mark, int behind) {
        int end = line.end(behind);
        char open = (char) line.at(behind - 1);
        char quote = open == '`' ? '\'' : open;
        int close = mayHoldPasswords(line) ? line.findLast(quote, behind, end) : line.find(quote, behind, end);
        int stop = close < 0 || line.goesOn(end) ? end : close;
        return line.secret(behind, stop > behind && line.at(stop - 1) == '\\' ? stop - 1 : stop);
    }

    /** A hash as crypt(3) writes it, mark and all. */
    static boolean crypt(Line line, int mark, int behind) {
        int end = line.end(behind);
        int at = behind;
        while (at < end && Chars.isCrypt(line.at(at))) {
            at++;
        }
        return (at - behind >= SHORTEST_CRYPT || line.goesOn(at)) && line.secret(mark, at);
    }

    /** {@code {SCHEME}SECRET}: the word behind the brace. */
    static boolean scheme(Line line, int mark, int behind) {
        int end = line.end(behind);
        int close = line.find('}', behind - 1, Math.min(end, mark + LONGEST_SCHEME));
        return close < end && line.at(close) == '}' && line.secret(close + 1, word(line, close + 1, end));
    }

    /** {@code AUTH PLAIN SECRET}: the base64 word; in quotes, all up to the closing one, for who types a password there. */
    static boolean response(Line line, int mark, int behind) {
        int end = line.end(behind);
        if (mark > line.from() && line.at(mark - 1) == '"') {
            return line.secret(behind, commandEnd(line, behind, end));
        }
        boolean command = line.is("]: ", mark - 3, mark)
                || line.is("< ", mark - 2, mark)
                || line.is("> ", mark - 2, mark)
                || line.is("- ", mark - 2, mark);
        if (command) {
            return line.secret(behind, end);
        }
        int stop = behind;
        while (stop < end && Chars.isBase64(line.at(stop))) {
            stop++;
        }
        // A word that goes on is a user's name: Courier writes it there in clear.
        boolean word = stop == end || Chars.endsWord(line.at(stop));
        return word && !isPlainWord(line, behind, stop) && line.secret(behind, stop);
    }

    /** A command in quotes, or up to the end of the line. */
    static boolean command(Line line, int mark, int behind) {
        int end = line.end(behind);
        if (line.is("NEW [", behind, end) || line.is("OLD [", behind, end)) {
            return false; // postscreen lets a client pass.
        }
        return line.secret(behind, commandEnd(line, behind, end));
    }

    /** The whole command in quotes is base64: what a client sends that believes to be asked for its password. */
    static boolean bareInQuotes(Line line, int mark, int behind) {
        int end = line.end(behind);
        int stop = commandEnd(line, behind, end);
        return isAnswer(line, behind, stop) && line.secret(behind, stop);
    }

    /** The whole rest of the line is base64. */
    static boolean bare(Line line, int mark, int behind) {
        int end = line.end(behind);
        return isAnswer(line, behind, end) && line.secret(behind, end);
    }

    /** Behind {@code host[192.0.2.6]: } the whole rest of the line is base64. */
    static boolean bareBehindClient(Line line, int mark, int behind) {
        int at = client(line, behind);
        return at >= 0 && bare(line, mark, at);
    }

    /** All that follows {@code host[192.0.2.6]: }; who leaves tells no secret. */
    static boolean restBehindClient(Line line, int mark, int behind) {
        int at = client(line, behind);
        boolean verb = at >= 0 && line.is("QUIT", at, line.end(at));
        return at >= 0 && !verb && line.secret(at, line.end(at));
    }

    /** All that follows {@code = }: the value that a table answered. */
    static boolean looked(Line line, int mark, int behind) {
        int end = line.end(behind);
        int equals = line.find(" = ", behind, Math.min(end, behind + FAR));
        return equals >= 0 && line.secret(equals + 3, end);
    }

    /** {@code (input: SECRET)}, some words behind the mark. */
    static boolean input(Line line, int mark, int behind) {
        int end = line.end(behind);
        int open = line.find("(input: ", behind, Math.min(end, behind + FAR));
        return mayHoldPasswords(line) && open >= 0 && line.secret(open + "(input: ".length(), end);
    }

    /** {@code ://user:SECRET@host}. */
    static boolean url(Line line, int mark, int behind) {
        int end = line.end(behind);
        int colon = -1;
        int at = behind;
        int host = -1;
        while (at < end && !Chars.endsAuthority(line.at(at))) {
            colon = colon < 0 && line.at(at) == ':' ? at : colon;
            host = line.at(at) == '@' ? at : host;
            at++;
        }
        int stop = line.goesOn(at) ? at : host;
        return colon >= 0 && stop > colon && line.secret(colon + 1, stop);
    }

    /** {@code "MESSAGE":[72,101]}: bytes that are no UTF-8, as journald writes them. */
    static boolean numbers(Line line, int mark, int behind) {
        int at = behind;
        int end = behind;
        while (at < line.to() && (line.at(at) == ',' || line.at(at) == ' ' || Chars.isDigit(line.at(at)))) {
            at++;
            end = at;
        }
        return line.secret(behind, end);
    }

    private static boolean isBehindTab(Line line, int mark) {
        int at = mark;
        while (at > line.from() && (isLetter(line, at - 1) || line.at(at - 1) == '_')) {
            at--;
        }
        // In JSON a tab is written as a backslash and the letter t, which has been taken for a letter of the key.
        return line.is("\t", at - 1, mark) || line.is("#011", at - 4, mark) || line.is("\\t", at - 1, mark);
    }

    private static boolean mayHoldPasswords(Line line) {
        Line.Writer writer = line.writer();
        return writer == Line.Writer.DOVECOT || writer == Line.Writer.OTHER;
    }

    /** Behind {@code host[192.0.2.6]: } or {@code host[192.0.2.6]:587: }, or -1. */
    private static int client(Line line, int behind) {
        int end = Math.min(line.end(behind), behind + FAR);
        int close = line.find(']', behind, end);
        int colon = line.find(": ", close, Math.min(end, close + PORT));
        return colon < 0 ? -1 : colon + 2;
    }

    /** The quote that ends a command; where the command has quotes of its own ({@code realm="…"}), the end of the line. */
    private static int commandEnd(Line line, int behind, int end) {
        int close = line.find('"', behind, end);
        boolean attribute = close > behind + 1 && line.at(close - 1) == '=' && line.find(' ', behind, close) < close;
        if (attribute) {
            return end;
        }
        return close > behind && line.at(close - 1) == '\\' ? close - 1 : close;
    }

    private static int word(Line line, int start, int end) {
        int at = start;
        // Tabs come as such, as rsyslog writes them (#011), or behind a backslash in JSON.
        while (at < end && !Chars.endsWord(line.at(at)) && !line.is("#011", at, end)) {
            at++;
        }
        return at;
    }

    /** Base64 of whole groups, and none of SMTP's verbs. */
    private static boolean isAnswer(Line line, int start, int end) {
        int at = start;
        boolean verb = true;
        while (at < end && Chars.isBase64(line.at(at))) {
            verb &= isLetter(line, at);
            at++;
        }
        int length = end - start;
        if (line.goesOn(end)) {
            return at == end;
        }
        return at == end
                && length >= SHORTEST_BASE64
                && length % SHORTEST_BASE64 == 0
                && !(verb && length == SHORTEST_BASE64)
                && !isPlainWord(line, start, end);
    }

    /** Twelve letters of one case or fewer: a word, or the next mechanism in a list, not base64, of which four letters in ten are small. */
    private static boolean isPlainWord(Line line, int start, int end) {
        int at = start;
        while (at < end && Chars.isLetter(line.at(at)) && (line.at(at) & ' ') == (line.at(start) & ' ')) {
            at++;
        }
        return at == end && end - start <= LONGEST_WORD;
    }

    private static boolean isLetter(Line line, int at) {
        return at >= line.from() && Chars.isLetter(line.at(at));
    }
}
