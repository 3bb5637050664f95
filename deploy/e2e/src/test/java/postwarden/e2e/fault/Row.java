package postwarden.e2e.fault;

import postwarden.e2e.Sums;

/** What one test has to tell: a line of the table. */
final class Row {
    private final String fault;
    private final long seed = Long.getLong("postwarden.seed", System.nanoTime());
    private int kills;
    private long lines;
    private String sums = "";
    private String note = "";

    Row(String fault) {
        this.fault = fault;
    }

    /** For everything that is drawn by lot; {@code -Dpostwarden.seed} repeats a run. */
    long seed() {
        return seed;
    }

    void killed() {
        kills++;
    }

    void lines(long read) {
        lines = read;
    }

    /** The sums of the last life of an instance. */
    void sums(Sums last) {
        sums = last.all() + " " + last.outcomes();
    }

    void note(String text) {
        note = note.isEmpty() ? text : note + "; " + text;
    }

    String text(String result) {
        return String.format("%-64s seed %-16d kills %-3d records %-8d %s", fault, seed, kills, lines, result)
                + (sums.isEmpty() ? "" : "\n    last life " + sums)
                + (note.isEmpty() ? "" : "\n    " + note);
    }
}
