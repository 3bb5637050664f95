package postwarden.parse.rule;

/** Lines that a logging system may have cut, so that their last part need not be the one the daemon wrote last. */
public final class CutLines {
    /** RFC 3164, section 4.1: a packet holds 1024 bytes, of which stamp, host and tag take the rest. */
    private static final int SAFE_LENGTH = 900;

    private CutLines() {}

    /** Whether the message is so long that what stands at its right may be a stranger's text instead. */
    public static boolean possible(String message) {
        return message.length() > SAFE_LENGTH;
    }
}
