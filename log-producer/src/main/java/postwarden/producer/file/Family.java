package postwarden.producer.file;

/**
 * The name that all generations of a log share: {@code mail.log} for {@code mail.log.1}, {@code mail.log.2.gz},
 * {@code mail.log-20261121} and {@code mail.log.old}. The styles are logrotate 3.21's ({@code dateext}, numbers, {@code compress}),
 * savelog's, and Exim's exicyclog's.
 */
public final class Family {
    /** What gzip appends to a name. */
    public static final String GZIP = ".gz";

    private static final String[] COMPRESSED = {GZIP, ".xz", ".bz2", ".zst"};
    private static final int MOST_DIGITS = 14;
    private static final int DATE_DIGITS = 8;

    private Family() {}

    /** The family of a file's name (without folders); a name without the suffix of a rotation is its own family. */
    public static String of(String name) {
        String plain = name;
        for (String suffix : COMPRESSED) {
            if (name.endsWith(suffix)) {
                plain = name.substring(0, name.length() - suffix.length());
            }
        }
        if (plain.endsWith(".old")) {
            return orName(plain.substring(0, plain.length() - ".old".length()), name);
        }
        int digits = plain.length();
        while (digits > 0 && isDigit(plain.charAt(digits - 1))) {
            digits--;
        }
        int count = plain.length() - digits;
        char before = digits > 0 ? plain.charAt(digits - 1) : 0;
        boolean numbered = before == '.' && count > 0 && count <= MOST_DIGITS;
        boolean dated = before == '-' && count >= DATE_DIGITS && count <= MOST_DIGITS;
        return numbered || dated ? orName(plain.substring(0, digits - 1), name) : orName(plain, name);
    }

    /** Whether a name says that the file is compressed. */
    public static boolean isCompressed(String name) {
        for (String suffix : COMPRESSED) {
            if (name.endsWith(suffix)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a file of that name can be read: as it is, or packed by gzip. */
    public static boolean isReadable(String name) {
        return name.endsWith(GZIP) || !isCompressed(name);
    }

    private static String orName(String family, String name) {
        return family.isEmpty() ? name : family;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
