package postwarden.tally;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Hears who says nothing while one partition of the lines topic is read. What it holds against a host is time in which the
 * partition was heard: time that passed between its records, of which a long pause counts little, because nobody could be heard in
 * it; and time in which nothing came although all was read, which somebody with a clock tells. So neither an outage of Kafka nor a
 * backlog of ours makes anybody silent. Nothing of it is stored: after a start everybody has all the time again. One thread.
 */
public final class Ear {
    /** A pause between two records in which others would have been heard: three heartbeats. */
    private static final long PAUSE_MILLIS = 30_000;
    /** Looks around in a row without a record from which on nothing is known to come: heartbeats and looks do not keep time. */
    private static final int PAUSE_LOOKS = 3;

    private final Map<String, Heard> hosts = new TreeMap<>();
    private long heardMillis;
    private long latest = Long.MIN_VALUE;
    private int idleLooks;
    private boolean came;

    /** A host's last word, how long the partition had been heard then, and whether it was called quiet. */
    private static final class Heard {
        private final String tenant;
        private final String host;
        private Word word;
        private long at;
        private boolean told;

        private Heard(String tenant, String host, Word word, long at) {
            this.tenant = tenant;
            this.host = host;
            this.word = word;
            this.at = at;
        }
    }

    /** A record was read that Kafka took then. */
    public void record(long appended) {
        if (appended > latest) {
            heardMillis += latest == Long.MIN_VALUE ? 0 : Math.min(appended - latest, PAUSE_MILLIS);
            latest = appended;
        }
        came = true;
    }

    /** A word about a host was read; one that has ended is not listened to any more. */
    public void word(Progress told) {
        String name = told.tenant() + "/" + told.host();
        if (told.ended()) {
            hosts.remove(name);
        } else if (!told.word().isNone()) {
            hosts.put(name, new Heard(told.tenant(), told.host(), told.word(), heardMillis));
        }
    }

    /**
     * Looks around after {@code passed} on a clock, all of which there was to read having been read if nothing came.
     *
     * @return the hosts that have become quiet, or of which that can no longer be said
     */
    public List<Progress> look(Duration passed, Duration silence) {
        List<Progress> changed = new ArrayList<>();
        if (!came) {
            idleLooks++;
            heardMillis += idleLooks > PAUSE_LOOKS ? passed.toMillis() : 0;
        } else if (idleLooks > PAUSE_LOOKS) {
            // The partition itself was not heard: begin anew, but who has been told stays so until it speaks.
            hosts.values().forEach(host -> host.at = heardMillis);
            hosts.values().stream().filter(host -> host.told).forEach(host -> changed.add(progress(host, false)));
        }
        idleLooks = came ? 0 : idleLooks;
        came = false;
        long most = silence.toMillis();
        quiet(hosts.values(), most).forEach(host -> changed.add(progress(host, true)));
        return changed;
    }

    private List<Heard> quiet(Collection<Heard> all, long most) {
        return all.stream()
                .filter(host -> !host.told && heardMillis - host.at >= most)
                .toList();
    }

    private static Progress progress(Heard host, boolean quiet) {
        host.told = quiet;
        host.word = new Word(host.word.reporter(), host.word.heard(), quiet);
        return new Progress(host.tenant, host.host, Long.MIN_VALUE, false, List.of(), host.word);
    }
}
