package postwarden.detect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import postwarden.detect.sensor.HostSilence;
import postwarden.tally.Key;
import postwarden.tally.Pane;
import postwarden.tally.Watch;

/**
 * Tells which hosts are silent: the intake, which has read all there is, says that one is quiet, and all others together have gone on
 * for as long since its last word. Then the pane of the report follows from that word alone, whoever was faster. A producer of whose
 * hosts none speaks is one silence. Where all are silent nobody goes on and nothing is told; where nobody is left behind, as in
 * {@code scan} and in a replay, nobody is silent either.
 */
final class Silence {
    private final Fleet fleet;
    private final WatchParams params;
    private final Predicate<Key> isMine;
    private final long silentPanes;

    /** @param isMine whether reports about a key are this watch's to give: every watch knows all hosts */
    Silence(Fleet fleet, WatchParams params, Predicate<Key> isMine) {
        this.fleet = fleet;
        this.params = params;
        this.isMine = isMine;
        silentPanes = Pane.count(params.silence());
    }

    /** Tells who has become silent since the last look, who still is, and who speaks again. */
    List<Report> look(String tenant) {
        if (params.leaveBehind().isEmpty()) {
            return List.of();
        }
        List<Report> reports = new ArrayList<>();
        long closed = fleet.closedThrough(tenant);
        fleet.settled(tenant, closed);
        Set<String> done = new HashSet<>();
        fleet.suspects(tenant).forEach((host, known) -> {
            if (!known.silent().isNone()) {
                if (done.add(known.silent().subject())) {
                    goOn(tenant, known.silent(), closed, reports);
                }
            }
        });
        fleet.suspects(tenant).forEach((host, known) -> {
            if (known.silent().isNone()) {
                begin(tenant, host, known, closed, reports);
            }
        });
        return reports;
    }

    private void begin(String tenant, String host, HostProgress known, long closed, List<Report> reports) {
        String reporter = known.word().reporter();
        SortedMap<String, HostProgress> siblings = reporter.isEmpty() ? new TreeMap<>() : fleet.of(tenant, reporter);
        siblings.putIfAbsent(host, known);
        if (known.ended()) {
            return;
        }
        if (siblings.values().stream().allMatch(each -> isSilent(each, closed))) {
            tell(tenant, siblings.size() == 1 ? host : reporter, siblings, closed, reports);
        } else if (isSilent(known, closed) && isLeftBySiblings(known, siblings)) {
            SortedMap<String, HostProgress> alone = new TreeMap<>();
            alone.put(host, known);
            tell(tenant, host, alone, closed, reports);
        }
    }

    /** Whether nothing has come for long enough, both by when the last word came and by how far the others have gone on since. */
    private boolean isSilent(HostProgress host, long closed) {
        return host.word().quiet()
                && closed >= told(host.word().heard())
                && (host.then() == Long.MIN_VALUE || closed >= host.then() + silentPanes);
    }

    /** Whether another host of the same producer was spoken of since, for so long that this one's word is not only late. */
    private boolean isLeftBySiblings(HostProgress host, SortedMap<String, HostProgress> siblings) {
        long silence = params.silence().toMillis();
        return siblings.values().stream()
                .anyMatch(each -> each.word().heard() - host.word().heard() >= silence);
    }

    private void tell(
            String tenant, String subject, SortedMap<String, HostProgress> hosts, long closed, List<Report> reports) {
        long since = hosts.values().stream()
                .mapToLong(host -> host.word().heard())
                .max()
                .orElse(0);
        HostProgress.Silent silent = new HostProgress.Silent(subject, since, told(since), closed, Long.MIN_VALUE);
        SortedMap<String, Long> words = new TreeMap<>();
        hosts.forEach((host, known) -> {
            words.put(host, known.word().heard());
            fleet.silent(tenant, host, silent);
        });
        report(tenant, subject, told(since), words, Pane.end(told(since)).toEpochMilli(), false, reports);
    }

    private void goOn(String tenant, HostProgress.Silent silent, long closed, List<Report> reports) {
        SortedMap<String, Long> words = new TreeMap<>();
        long spoke = Long.MAX_VALUE;
        for (var each : fleet.suspects(tenant).entrySet()) {
            HostProgress host = each.getValue();
            if (host.silent().subject().equals(silent.subject())) {
                words.put(each.getKey(), Math.min(silent.since(), host.word().heard()));
                if (host.silent().spoke() != Long.MIN_VALUE) {
                    spoke = Math.min(spoke, host.silent().spoke());
                }
            }
        }
        if (spoke != Long.MAX_VALUE) {
            words.keySet().forEach(host -> fleet.silent(tenant, host, HostProgress.Silent.NONE));
            end(tenant, silent, words, spoke, reports);
        } else if (closed - silent.reported() >= Pane.count(params.repeat())) {
            HostProgress.Silent again =
                    new HostProgress.Silent(silent.subject(), silent.since(), silent.pane(), closed, Long.MIN_VALUE);
            words.keySet().forEach(host -> fleet.silent(tenant, host, again));
            report(tenant, silent.subject(), closed, words, Pane.end(closed).toEpochMilli(), false, reports);
        }
    }

    /** Says how long it was, and that it is over; behind every report before, or it would end nothing. */
    private void end(
            String tenant,
            HostProgress.Silent silent,
            SortedMap<String, Long> words,
            long spoke,
            List<Report> reports) {
        long last = Math.max(silent.pane(), Math.max(silent.reported(), Pane.of(Instant.ofEpochMilli(spoke))));
        report(tenant, silent.subject(), last, words, spoke, true, reports);
        Key key = new Key(tenant, Watch.SERVER, silent.subject());
        if (isMine.test(key)) {
            reports.add(new Report.Over(HostSilence.ID, key, silent.subject(), last + 1, last, ""));
        }
    }

    private void report(
            String tenant,
            String subject,
            long pane,
            SortedMap<String, Long> words,
            long until,
            boolean over,
            List<Report> reports) {
        Key key = new Key(tenant, Watch.SERVER, subject);
        if (isMine.test(key)) {
            reports.add(new Report.Found(HostSilence.finding(key, pane, words, until, params.silence(), over)));
        }
    }

    /** The pane in which a silence since then has lasted long enough. */
    private long told(long heard) {
        return Pane.of(Instant.ofEpochMilli(heard)) + silentPanes;
    }
}
