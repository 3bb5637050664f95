package postwarden.simulate;

/** Something that comes again and again by chance, more often when people are awake: a Poisson process, thinned. */
final class Rhythm implements Agenda.Actor {
    private final Agenda agenda;
    private final Calendar calendar;
    private final double perHour;
    private final Chance chance;
    private final Agenda.Actor what;

    private Rhythm(Agenda agenda, Calendar calendar, double perHour, Chance chance, Agenda.Actor what) {
        this.agenda = agenda;
        this.calendar = calendar;
        this.perHour = perHour;
        this.chance = chance;
        this.what = what;
    }

    /** @param perHour how often it comes in the busiest hour, above 0 */
    static Rhythm of(Agenda agenda, Calendar calendar, double perHour, Chance chance, Agenda.Actor what) {
        return new Rhythm(agenda, calendar, perHour, chance, what);
    }

    void begin(long start) {
        agenda.at(start + chance.wait(perHour), this);
    }

    @Override
    public void act(long now) {
        if (chance.once(calendar.share(now))) {
            what.act(now);
        }
        agenda.at(now + chance.wait(perHour), this);
    }
}
