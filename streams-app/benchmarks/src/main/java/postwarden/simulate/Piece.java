package postwarden.simulate;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;

/**
 * One kind of thing that can happen, and how to play it.
 *
 * @param kind id of the catalogue, or the name of a look-alike
 * @param variant what sets it apart from others of its kind; empty when it is the only one
 * @param incident whether a person should be told
 * @param on which hosts it can happen
 * @param before microseconds that it needs before its onset
 * @param lasts microseconds from onset to end
 * @param hostWide whether it concerns the whole host, so that nothing else may happen there
 * @param play enters all that happens, and says what is true about it
 */
record Piece(
        String kind,
        String variant,
        boolean incident,
        Set<Station.Flavour> on,
        long before,
        long lasts,
        boolean hostWide,
        Function<Cue, Label> play) {
    private static final Set<Station.Flavour> ANY = EnumSet.allOf(Station.Flavour.class);

    static Piece incident(String kind, int minutes, Function<Cue, Label> play) {
        return new Piece(kind, "", true, ANY, Agenda.MINUTE, minutes * Agenda.MINUTE, false, play);
    }

    static Piece lookAlike(String kind, int minutes, Function<Cue, Label> play) {
        return new Piece(kind, "", false, ANY, Agenda.MINUTE, minutes * Agenda.MINUTE, false, play);
    }

    /** The same on one kind of host only. */
    Piece on(Station.Flavour only) {
        return new Piece(kind, variant, incident, EnumSet.of(only), before, lasts, hostWide, play);
    }

    /** The same with so many minutes before its onset. */
    Piece after(int minutes) {
        return new Piece(kind, variant, incident, on, minutes * Agenda.MINUTE, lasts, hostWide, play);
    }

    /** The same with a name among others of its kind. */
    Piece called(String name) {
        return new Piece(kind, name, incident, on, before, lasts, hostWide, play);
    }

    /** The same, with nothing else on its host meanwhile. */
    Piece alone() {
        return new Piece(kind, variant, incident, on, before, lasts, true, play);
    }
}
