package postwarden.simulate;

/**
 * What became of one attempt to deliver, as the remote site decided.
 *
 * @param fate sent, put off or refused
 * @param stage where it was decided
 * @param dsn enhanced status code
 * @param text the reply, or the trouble where there was none
 * @param setup seconds until the session could begin
 * @param transmission seconds behind that
 */
record Answer(Fate fate, Stage stage, String dsn, String text, double setup, double transmission) {
    enum Fate {
        SENT,
        DEFERRED,
        BOUNCED
    }

    enum Stage {
        /** No connection came about: {@code text} says why. */
        NO_CONNECTION,
        /** The name of the other side did not resolve: {@code text} says why. */
        NO_NAME,
        /** The other side said it before the first command. */
        CONNECT,
        /** In reply to RCPT TO. */
        RECIPIENT,
        /** In reply to the end of data. */
        DATA,
        /** Nobody tried: the site was just seen not to answer. */
        NOT_TRIED
    }

    static Answer sent(double setup, double transmission) {
        return new Answer(Fate.SENT, Stage.DATA, "2.0.0", "", setup, transmission);
    }

    static Answer deferred(Stage stage, String dsn, String text, double setup, double transmission) {
        return new Answer(Fate.DEFERRED, stage, dsn, text, setup, transmission);
    }

    static Answer bounced(Stage stage, String dsn, String text, double setup) {
        return new Answer(Fate.BOUNCED, stage, dsn, text, setup, .1);
    }

    static Answer unknownUser(String to, double setup) {
        return bounced(
                Stage.RECIPIENT,
                "5.1.1",
                "550 5.1.1 <" + to + ">: Recipient address rejected: User unknown in virtual mailbox table",
                setup);
    }

    /** The same answer, told again without another attempt. */
    Answer repeated() {
        return new Answer(Fate.DEFERRED, Stage.NOT_TRIED, dsn, text, 0, 0);
    }

    /** The same answer, which took longer to get. */
    Answer slower(double seconds) {
        return new Answer(fate, stage, dsn, text, setup + seconds, transmission);
    }

    boolean isFinal() {
        return fate != Fate.DEFERRED;
    }
}
