package postwarden.simulate;

/** Something that comes at fixed times, as machines do. */
final class Clock implements Agenda.Actor {
    private final Agenda agenda;
    private final long period;
    private final Agenda.Actor what;

    /** @param period microseconds, above 0 */
    Clock(Agenda agenda, long period, Agenda.Actor what) {
        this.agenda = agenda;
        this.period = period;
        this.what = what;
    }

    void begin(long first) {
        agenda.at(first, this);
    }

    @Override
    public void act(long now) {
        agenda.at(now + period, this);
        what.act(now);
    }
}
