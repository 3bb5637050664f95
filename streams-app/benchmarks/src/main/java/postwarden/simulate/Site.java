package postwarden.simulate;

/** A domain that is written to, and how its mail server answers at the moment. */
final class Site {
    /** Usual seconds until a session can begin, and of the session. */
    private static final double SETUP = .12;

    private static final double TRANSMISSION = .25;
    private static final double SPREAD = .6;

    final String domain;
    final String mx;
    final String ip;
    private final Manner manner;
    private Manner now;

    /** How a site answers one attempt. */
    @FunctionalInterface
    interface Manner {
        Answer answer(Try attempt);
    }

    /**
     * One attempt.
     *
     * @param number of the attempts for this message, from 1
     * @param age microseconds since the message came
     */
    record Try(Station from, Site site, String sender, String to, int number, long age, long now, Chance chance) {
        /** What any healthy site says. */
        Answer taken() {
            return Answer.sent(chance.around(SETUP, SPREAD), chance.around(TRANSMISSION, SPREAD));
        }
    }

    Site(String domain, String ip, Manner manner) {
        this.domain = domain;
        this.mx = "mx." + domain;
        this.ip = ip;
        this.manner = manner;
        this.now = manner;
    }

    Answer answer(Try attempt) {
        return now.answer(attempt);
    }

    /** From now on it answers so. */
    void behave(Manner other) {
        now = other;
    }

    /** From now on it answers as it always did. */
    void recover() {
        now = manner;
    }

    /** As Postfix writes it. */
    @Override
    public String toString() {
        return mx + "[" + ip + "]";
    }
}
