package postwarden.tally;

/** A remote server's reply without what varies from one to the next (numbers, addresses), for people to read. */
final class ReplyTemplate {
    private static final int LIMIT = 80;

    private ReplyTemplate() {}

    /** The first {@value #LIMIT} characters; digits behind the reply code and the enhanced code become {@code #}. */
    static String of(String reply) {
        StringBuilder template = new StringBuilder(LIMIT);
        int kept = codes(reply);
        for (int at = 0; at < reply.length() && template.length() < LIMIT; at++) {
            char c = reply.charAt(at);
            int closing = c == '<' ? reply.indexOf('>', at) : -1;
            if (closing > 0) {
                template.append("<>");
                at = closing;
            } else if (at < kept || !isDigit(c)) {
                template.append(c < ' ' ? ' ' : c);
            } else if (template.length() == 0 || template.charAt(template.length() - 1) != '#') {
                template.append('#');
            }
        }
        return template.toString();
    }

    /** End of {@code 421 4.7.0 }, wherever it stands; the whole text before it is kept from change too. */
    private static int codes(String reply) {
        int at = 0;
        while (at < reply.length()
                && (isDigit(reply.charAt(at)) || reply.charAt(at) == '.' || reply.charAt(at) == ' ')) {
            at++;
        }
        return at;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
