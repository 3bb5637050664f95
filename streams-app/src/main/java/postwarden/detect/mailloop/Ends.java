package postwarden.detect.mailloop;

/** Both ends of a circle; empty where not known, or for the null sender. */
record Ends(String sender, String recipient) {
    private static final String ARROW = " > ";

    static Ends of(String name) {
        int arrow = name.indexOf(ARROW);
        if (arrow < 0) {
            return new Ends("", name);
        }
        String sender = name.substring(0, arrow);
        return new Ends(sender.equals("<>") ? "" : sender, name.substring(arrow + ARROW.length()));
    }

    /** The same two, whoever of them is named first. */
    Ends inOrder() {
        return sender.compareTo(recipient) <= 0 ? this : new Ends(/* sender= */ recipient, /* recipient= */ sender);
    }

    /** As it is shown, and read again. */
    String name() {
        return (sender.isEmpty() ? "<>" : sender) + ARROW + recipient;
    }

    /** Id of the pair in this direction. */
    String there() {
        return sender + '\n' + recipient;
    }

    /** Id of the pair in the other. */
    String back() {
        return recipient + '\n' + sender;
    }
}
