package postwarden.parse.dovecot;

/**
 * A line of Dovecot's authentication, taken apart: level, whom it is about, and where its words begin.
 *
 * @param level with its colon; empty for information
 * @param identity whom it is about; not said when {@link AuthIdentity#isSaid} is false
 * @param saidAt where the words begin, behind the level or the name of the database that 2.4 writes first
 * @param firstSaidAt where they would begin if the first of several possible ends of the brackets were the true one
 */
record AuthLine(String level, AuthIdentity identity, int saidAt, int firstSaidAt) {
    private static final String[] LEVELS = {"Info: ", "Warning: ", "Error: ", "Fatal: ", "Panic: ", "Debug: "};

    /** Takes apart what stands at an index, behind the process's name. */
    static AuthLine of(String text, int from) {
        String level = levelAt(text, from);
        // Where the database has no name, a log file of its own has nothing between the level and the brackets.
        int at = from + (text.startsWith("Info:(", from) ? "Info:".length() : level.length());
        if (text.startsWith("conn ", at)) {
            at = behindConnection(text, at);
            level = level.isEmpty() ? levelAt(text, at) : level;
        }
        int open = behindName(text, at);
        AuthIdentity identity = text.startsWith("(", open) ? AuthIdentity.read(text, open) : AuthIdentity.NOBODY;
        if (!identity.isSaid()) {
            return new AuthLine(shown(level), identity, from, from);
        }
        // Since 2.4 the process's own name stands before the brackets, and the level and the database behind.
        boolean since24 = open == at;
        int said = since24 ? behindRequest(text, identity.restAt()) : identity.restAt();
        String later = since24 ? levelAt(text, said) : "";
        return new AuthLine(
                shown(later.isEmpty() ? level : later),
                identity,
                words(text, said, since24),
                words(text, identity.firstRestAt(), since24));
    }

    private static int words(String text, int at, boolean since24) {
        if (!since24) {
            return at;
        }
        int said = behindRequest(text, at);
        said += levelAt(text, said).length();
        int name = behindName(text, said);
        return name > said && text.startsWith(": ", name) ? name + 2 : said;
    }

    private static String shown(String level) {
        return level.equals("Info: ") ? "" : level;
    }

    private static String levelAt(String text, int at) {
        for (String level : LEVELS) {
            if (text.startsWith(level, at)) {
                return level;
            }
        }
        return "";
    }

    /** Behind {@code conn unix:auth-worker (pid=1,uid=97): auth-worker<1>: }, which 2.3 writes before a worker's words. */
    private static int behindConnection(String text, int at) {
        int end = text.indexOf("): ", at);
        int name = end < 0 ? at : end + "): ".length();
        int close = text.startsWith("auth-worker<", name) ? text.indexOf(">: ", name) : -1;
        return close < 0 ? name : close + ">: ".length();
    }

    private static int behindName(String text, int at) {
        int end = at;
        while (end < text.length() && isName(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isName(char c) {
        int folded = c | 0x20;
        return (folded >= 'a' && folded <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    /** Behind {@code request [12]: }, which a worker writes since 2.4. */
    private static int behindRequest(String text, int at) {
        int end = text.startsWith("request [", at) ? text.indexOf("]: ", at) : -1;
        return end < 0 ? at : end + "]: ".length();
    }
}
