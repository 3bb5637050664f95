package postwarden.detect.sending;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import postwarden.detect.View;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Lead;
import postwarden.tally.Leader;
import postwarden.tally.Leaders;
import postwarden.tally.Mark;
import postwarden.tally.Tally;

/**
 * What the scripts of a user did.
 *
 * @param messages of scripts
 * @param people different recipients
 * @param fromNew messages, at least, from places of which the history has none; all of them where no script of the user ever
 *     sent on a host that has been watched for days; where neither is known, those from where no program belongs
 * @param place where most came from, new ones first; empty where it is not logged
 */
record Scripts(long messages, long people, long fromNew, String place) {
    /** Directories that a web server writes to: data belongs there and no program. */
    private static final Set<String> WRITTEN = Set.of("uploads", "cache", "tmp", "temp", "shm", "images", "files");

    /** Characters of a path in a title. */
    private static final int SHOWN = 120;

    static Scripts of(View view, Duration length, int places) {
        Tally window = view.window(length);
        Leaders before = view.past().leaders(Lead.SCRIPTS);
        // Of a user who never had a script send, a host that has been watched for days knows that.
        boolean known = before.total() > 0 || window.has(Mark.SEASONED);
        long fresh = 0;
        String newest = "";
        List<Leader> top = window.leaders(Lead.SCRIPTS).top(places);
        for (Leader place : top) {
            if (known ? before.of(place.name()).atMost() == 0 : isOutOfPlace(place.name())) {
                fresh += place.atLeast();
                newest = newest.isEmpty() ? place.name() : newest;
            }
        }
        String most = top.isEmpty() ? "" : top.get(0).name();
        long messages = window.count(Count.SCRIPT_MESSAGES);
        boolean isFirst = known && view.past().count(Count.SCRIPT_MESSAGES) == 0;
        return new Scripts(
                messages,
                window.distinct(Distinct.RECIPIENTS),
                isFirst ? messages : fresh,
                newest.isEmpty() ? most : newest);
    }

    boolean isOutOfPlace() {
        return isOutOfPlace(place);
    }

    /** Whether it is below a directory for data, or a hidden one. */
    private static boolean isOutOfPlace(String place) {
        int from = 0;
        while (from < place.length()) {
            int slash = place.indexOf('/', from);
            int end = slash < 0 ? place.length() : slash;
            String part = place.substring(from, end);
            if (part.startsWith(".") || WRITTEN.contains(part)) {
                return true;
            }
            from = end + 1;
        }
        return false;
    }

    double spread() {
        return messages == 0 ? 0 : Math.min(1, (double) people / messages);
    }

    String shownPlace() {
        return place.length() <= SHOWN ? place : place.substring(0, SHOWN) + "…";
    }
}
