package postwarden.simulate;

/**
 * How busy people are, as a share of the busiest hour. The shape is that of any company's mail: two humps on working days, a
 * tenth of it at the weekend. Hours are UTC.
 */
final class Calendar {
    /** People at work. */
    static final Calendar OFFICE = new Calendar(
            new double[] {
                .02, .02, .01, .01, .02, .05, .15, .45, .85, 1.0, .95, .85, .6, .8, .95, .9, .75, .5, .3, .2, .15, .1,
                .06, .03
            },
            .15);

    /** The rest of the world, where it is always day somewhere. */
    static final Calendar WORLD = new Calendar(
            new double[] {
                .35, .3, .3, .3, .35, .4, .5, .65, .85, .95, 1.0, 1.0, .9, .95, 1.0, .95, .9, .8, .7, .65, .6, .55, .5,
                .4
            },
            .55);

    /** 1970-01-01 was a Thursday, the fourth day from Monday. */
    private static final int THURSDAY = 3;

    private final double[] hours;
    private final double weekend;

    private Calendar(double[] hours, double weekend) {
        this.hours = hours;
        this.weekend = weekend;
    }

    /** 0 to 1, straight between the hours. */
    double share(long micros) {
        long hour = Math.floorDiv(micros, Agenda.HOUR);
        int now = Math.floorMod(hour, 24);
        double into = (double) Math.floorMod(micros, Agenda.HOUR) / Agenda.HOUR;
        double share = hours[now] + into * (hours[(now + 1) % 24] - hours[now]);
        return dayOfWeek(micros) >= 5 ? share * weekend : share;
    }

    /** 0 for Monday to 6 for Sunday. */
    static int dayOfWeek(long micros) {
        return (int) Math.floorMod(Math.floorDiv(micros, Agenda.DAY) + THURSDAY, 7L);
    }
}
