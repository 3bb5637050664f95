package postwarden.config;

/**
 * Settings of the parser.
 *
 * @param replies path of a file with rules about SMTP replies, which come before the standard ones; default empty: none. Its
 *     form stands at the top of the standard file, {@code postwarden/parse/reply/replies.conf} in this program's jar
 */
public record ParseParams(String replies) {
    public static final ParseParams STANDARD = new ParseParams("");
}
