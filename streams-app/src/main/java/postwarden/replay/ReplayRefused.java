package postwarden.replay;

/** Why a replay cannot be done as it was asked for; the message is for the operator. */
public final class ReplayRefused extends Exception {
    private static final long serialVersionUID = 1L;

    public ReplayRefused(String message) {
        super(message);
    }
}
