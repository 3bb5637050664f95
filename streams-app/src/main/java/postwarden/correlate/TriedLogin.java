package postwarden.correlate;

/**
 * One refused login that was told of.
 *
 * @param tellers bits of the {@link Teller}s that told of it
 * @param account lower case; empty while no line said; two with a line feed between them where one line tells it
 *     with its domain and another without
 * @param session hash of the session's name; 0 while no line said
 * @param client whether a line named the client
 */
public record TriedLogin(long time, int tellers, String account, int session, boolean client) {
    private static final char AND = '\n';

    /** Whether a line told exactly this account. */
    boolean names(String name) {
        int cut = account.indexOf(AND);
        return cut < 0
                ? account.equals(name)
                : account.substring(0, cut).equals(name)
                        || account.substring(cut + 1).equals(name);
    }

    /** Whether the account is this one, with its domain or without. */
    boolean mayName(String name) {
        int cut = account.indexOf(AND);
        return isSame(cut < 0 ? account : account.substring(0, cut), name)
                || (cut >= 0 && isSame(account.substring(cut + 1), name));
    }

    /** The accounts after one more; a third is not kept. */
    String andNames(String name) {
        return account.isEmpty() ? name : account.indexOf(AND) < 0 ? account + AND + name : account;
    }

    private static boolean isSame(String one, String other) {
        return localPart(one).equals(localPart(other));
    }

    private static String localPart(String name) {
        int at = name.lastIndexOf('@');
        return at < 0 ? name : name.substring(0, at);
    }
}
