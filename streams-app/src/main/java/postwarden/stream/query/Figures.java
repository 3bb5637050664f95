package postwarden.stream.query;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import postwarden.ask.Entity;
import postwarden.ask.EntityRow;
import postwarden.ask.Lookup;
import postwarden.ask.Measures;
import postwarden.detect.Dossier;
import postwarden.detect.Usual;
import postwarden.stream.QueryParams;
import postwarden.tally.Baseline;
import postwarden.tally.Key;
import postwarden.tally.Pane;
import postwarden.tally.Peak;
import postwarden.tally.Prior;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/** What is known of a key, as an answer. */
final class Figures {
    private static final String HOUR = "1h";
    private static final List<String> NAMES = List.of("1m", "10m", HOUR, "all");
    private static final List<Duration> LENGTHS =
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(1));
    /** How bursty a key is taken to be while it has learned little; that of a detector for failed logins. */
    private static final double DISPERSION = 1;
    /** Least events in a minute that a prior may expect. */
    private static final double LEAST = 1e-6;

    private static final double HUNDREDTHS = 100;

    private Figures() {}

    static String kind(Watch watch) {
        return watch.name().toLowerCase(Locale.ROOT);
    }

    static EntityRow row(Key key, Dossier dossier, Duration window) {
        return row(key, dossier, Measures.of(dossier.window(window)));
    }

    private static EntityRow row(Key key, Dossier dossier, Map<String, Double> measures) {
        return new EntityRow(
                kind(key.watch()),
                key.tenant(),
                key.name(),
                end(dossier.newest()),
                measures,
                dossier.hosts().size(),
                open(dossier));
    }

    static Entity entity(Lookup lookup, Dossier dossier, QueryParams params, boolean standby, Duration staleness) {
        Map<String, Map<String, Double>> windows = new TreeMap<>();
        List<Tally> sums = dossier.numbers(LENGTHS);
        for (int i = 0; i < sums.size(); i++) {
            windows.put(NAMES.get(i), Measures.of(sums.get(i)));
        }
        return new Entity(
                row(lookup.key(), dossier, windows.getOrDefault(HOUR, Map.of())),
                List.copyOf(dossier.hosts()),
                windows,
                lookup.brief() ? List.of() : series(dossier, params.points()),
                lookup.brief() ? List.of() : hours(dossier),
                baselines(dossier),
                sessions(dossier),
                lookup.brief() ? List.of() : samples(dossier, params.samples()),
                standby,
                staleness,
                lookup.brief());
    }

    private static Instant end(long pane) {
        return pane == Long.MIN_VALUE ? Instant.EPOCH : Pane.end(pane);
    }

    private static List<EntityRow.Open> open(Dossier dossier) {
        return dossier.open().stream()
                .map(open -> new EntityRow.Open(
                        open.detector(),
                        open.host(),
                        open.about(),
                        open.finding().severity().name(),
                        open.finding().cause(),
                        Pane.end(open.finding().lastShown())))
                .toList();
    }

    private static List<Entity.Point> series(Dossier dossier, int most) {
        List<Dossier.Stretch> all = dossier.series();
        return all.subList(Math.max(0, all.size() - most), all.size()).stream()
                .map(stretch ->
                        new Entity.Point(Pane.start(stretch.start()), length(stretch), Measures.of(stretch.tally())))
                .toList();
    }

    private static List<Entity.Hour> hours(Dossier dossier) {
        return dossier.hours().stream()
                .map(hour -> {
                    Map<String, Double> usual = new TreeMap<>();
                    hour.usual().forEach((count, events) -> usual.put(count.measure(), rounded(events)));
                    return new Entity.Hour(
                            Pane.start(hour.counted().start()),
                            length(hour.counted()),
                            Measures.of(hour.counted().tally()),
                            usual);
                })
                .toList();
    }

    /** To hundredths, which is more than is known. */
    private static double rounded(double events) {
        return Math.round(events * HUNDREDTHS) / HUNDREDTHS;
    }

    private static Duration length(Dossier.Stretch stretch) {
        return Duration.between(Pane.start(stretch.start()), Pane.start(stretch.start() + stretch.panes()));
    }

    /** The watches know of sessions what panes say; the sessions themselves are where the host's lines are read. */
    private static List<Entity.Sessions> sessions(Dossier dossier) {
        List<Entity.Sessions> sessions = new ArrayList<>();
        dossier.last().forEach((host, last) -> {
            long most = last.tally().peak(Peak.CONCURRENCY);
            if (most > 0) {
                sessions.add(new Entity.Sessions(host, Pane.start(last.start()), length(last), most));
            }
        });
        return sessions;
    }

    /** Without a cohort's opinion: each detector has its own, and alerts show it. */
    private static List<Entity.Learned> baselines(Dossier dossier) {
        List<Entity.Learned> learned = new ArrayList<>();
        dossier.baselines()
                .forEach((host, counts) -> counts.forEach((count, baseline) -> {
                    Usual usual = Usual.of(baseline, own(baseline));
                    learned.add(new Entity.Learned(
                            host, count.measure(), usual.median(), usual.p99(), usual.windows(), usual.maturity()));
                }));
        return learned;
    }

    private static Prior own(Baseline baseline) {
        return new Prior(Math.max(LEAST, baseline.mean()), DISPERSION);
    }

    private static List<Entity.Line> samples(Dossier dossier, int most) {
        return dossier.samples(most).stream()
                .map(sample -> new Entity.Line(
                        sample.host(), sample.file(), sample.fileOffset(), sample.time(), sample.text()))
                .toList();
    }
}
