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
import postwarden.ask.Measures;
import postwarden.detect.Dossier;
import postwarden.detect.Usual;
import postwarden.stream.QueryParams;
import postwarden.tally.Baseline;
import postwarden.tally.Key;
import postwarden.tally.Pane;
import postwarden.tally.Prior;
import postwarden.tally.Watch;

/** What is known of a key, as an answer. */
final class Figures {
    private static final Map<String, Duration> WINDOWS =
            Map.of("1m", Duration.ofMinutes(1), "10m", Duration.ofMinutes(10), "1h", Duration.ofHours(1));
    /** How bursty a key is taken to be while it has learned little; that of a detector for failed logins. */
    private static final double DISPERSION = 1;
    /** Least events in a minute that a prior may expect. */
    private static final double LEAST = 1e-6;

    private Figures() {}

    static String kind(Watch watch) {
        return watch.name().toLowerCase(Locale.ROOT);
    }

    static EntityRow row(Key key, Dossier dossier, Duration window) {
        return new EntityRow(
                kind(key.watch()),
                key.tenant(),
                key.name(),
                end(dossier.newest()),
                Measures.of(dossier.window(window)),
                dossier.hosts().size(),
                open(dossier));
    }

    static Entity entity(Key key, Dossier dossier, QueryParams params, boolean standby, Duration staleness) {
        Map<String, Map<String, Double>> windows = new TreeMap<>();
        WINDOWS.forEach((name, length) -> windows.put(name, Measures.of(dossier.window(length))));
        windows.put("all", Measures.of(dossier.all()));
        return new Entity(
                row(key, dossier, Duration.ofHours(1)),
                List.copyOf(dossier.hosts()),
                windows,
                series(dossier, params.points()),
                baselines(dossier),
                samples(dossier, params.samples()),
                standby,
                staleness);
    }

    private static Instant end(long pane) {
        return pane == Long.MIN_VALUE ? Instant.EPOCH : Pane.end(pane);
    }

    private static List<EntityRow.Open> open(Dossier dossier) {
        return dossier.open().stream()
                .map(open -> new EntityRow.Open(
                        open.detector(),
                        open.host(),
                        open.finding().severity().name(),
                        open.finding().cause(),
                        Pane.end(open.finding().lastShown())))
                .toList();
    }

    private static List<Entity.Point> series(Dossier dossier, int most) {
        List<Dossier.Stretch> all = dossier.series();
        return all.subList(Math.max(0, all.size() - most), all.size()).stream()
                .map(stretch -> new Entity.Point(
                        Pane.start(stretch.start()),
                        Pane.LENGTH.multipliedBy(stretch.panes()),
                        Measures.of(stretch.tally())))
                .toList();
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
