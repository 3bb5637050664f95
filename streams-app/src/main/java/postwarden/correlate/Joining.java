package postwarden.correlate;

import java.util.List;
import postwarden.correlate.Trace.Tried.Told;
import postwarden.event.Event;
import postwarden.event.Field;

/** One line about refused logins beside those that other lines told of: what it adds for host, client and account. */
final class Joining {
    private final List<Told> ofHost;
    private final List<Told> ofClient;
    private final Told mine;
    private long fresh;
    private long freshForClient;
    private long freshForAccount;

    /**
     * Begins a join.
     *
     * @param ofHost what was told lately on the host; changed by {@link #join}
     * @param ofClient what was told of the line's client; changed as well, empty when the line names none
     */
    Joining(List<Told> ofHost, List<Told> ofClient, Told mine) {
        this.ofHost = ofHost;
        this.ofClient = ofClient;
        this.mine = mine;
    }

    /**
     * Joins so many attempts, each with one that was told of, or with none.
     *
     * @param client how far apart in time lines that name the same client may be, in ms
     * @param account the same for lines that name only the same account
     * @param nobody the same for lines that name nobody in common
     */
    void join(long attempts, long client, long account, long nobody) {
        long left = attempts;
        while (left > 0 && joined(client, account, nobody)) {
            left--;
        }
        fresh += left;
        freshForClient += mine.client() ? left : 0;
        freshForAccount += mine.account().isEmpty() ? 0 : left;
        for (long i = 0; i < Math.min(left, Trace.Tried.LIMIT); i++) {
            ofHost.add(mine);
            if (mine.client()) {
                ofClient.add(mine);
            }
        }
    }

    /** The event with what it adds. */
    Event counted(Event event) {
        Event.Builder builder = event.toBuilder().put(Field.FRESH_ATTEMPTS, fresh);
        if (mine.client() && freshForClient != fresh) {
            builder.put(Field.FRESH_FOR_CLIENT, freshForClient);
        }
        if (!mine.account().isEmpty() && freshForAccount != fresh) {
            builder.put(Field.FRESH_FOR_ACCOUNT, freshForAccount);
        }
        return builder.build();
    }

    private boolean joined(long client, long account, long nobody) {
        int at = mine.client() ? find(ofClient, client, client) : -1;
        if (at >= 0) {
            ofClient.set(at, takenUp(ofClient.get(at)));
            return true;
        }
        at = find(ofHost, account, nobody);
        if (at < 0) {
            return false;
        }
        Told both = takenUp(ofHost.get(at));
        ofHost.set(at, both);
        if (mine.client()) {
            freshForClient++;
            ofClient.add(both);
        }
        return true;
    }

    private Told takenUp(Told told) {
        boolean named = !mine.account().isEmpty() && !told.names(mine.account());
        freshForAccount += named ? 1 : 0;
        return new Told(
                told.time(),
                told.tellers() | mine.tellers(),
                named ? told.andNames(mine.account()) : told.account(),
                told.session() == 0 ? mine.session() : told.session(),
                told.client() || mine.client());
    }

    private int find(List<Told> told, long named, long nameless) {
        boolean amongHosts = told == ofHost;
        for (int i = 0; i < told.size(); i++) {
            Told one = told.get(i);
            boolean free = (one.tellers() & mine.tellers()) == 0
                    // Of a client that is known the client's own list tells.
                    && !(amongHosts && mine.client() && one.client());
            if (free && isSame(one, named, nameless)) {
                return i;
            }
        }
        return -1;
    }

    private boolean isSame(Told one, long named, long nameless) {
        long apart = Math.abs(mine.time() - one.time());
        if (one.session() != 0 && mine.session() != 0) {
            return one.session() == mine.session() && apart <= named;
        }
        boolean nobody = one.account().isEmpty() || mine.account().isEmpty();
        return nobody
                ? apart <= nameless
                : apart <= named && one.mayName(mine.account());
    }
}
