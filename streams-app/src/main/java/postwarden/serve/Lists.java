package postwarden.serve;

import com.fasterxml.jackson.databind.util.RawValue;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import postwarden.ask.Answers;
import postwarden.ask.EntityQuestion;
import postwarden.ask.EntityRow;
import postwarden.ask.HostRow;
import postwarden.ask.IncidentQuestion;
import postwarden.detect.Severity;
import postwarden.incident.Alert;
import postwarden.serve.peer.Cluster;
import postwarden.serve.wire.Refusal;
import postwarden.serve.wire.Told;
import postwarden.tally.Watch;

/** The lists: page by page, and bounded to what the caller may see. */
final class Lists {
    private static final int TEXT = 256;
    private static final int MEASURE = 64;
    private static final Map<String, Duration> WINDOWS =
            Map.of("1m", Duration.ofMinutes(1), "10m", Duration.ofMinutes(10), "1h", Duration.ofHours(1));
    private static final Map<String, Alert.State> STATES =
            Arrays.stream(Alert.State.values()).collect(Collectors.toMap(Alert.State::name, Function.identity()));
    private static final Map<String, Severity> SEVERITIES =
            Arrays.stream(Severity.values()).collect(Collectors.toMap(Severity::name, Function.identity()));

    private final Cluster cluster;
    private final Answers answers;
    private final Audit audit;
    private final LimitParams limits;
    private final Clock clock;

    Lists(Cluster cluster, Answers answers, Audit audit, LimitParams limits, Clock clock) {
        this.cluster = cluster;
        this.answers = answers;
        this.audit = audit;
        this.limits = limits;
        this.clock = clock;
    }

    /** Keys of a watch. */
    Reply entities(Watch watch, Call call) {
        List<String> hosts = Lookups.hosts(watch, call.caller());
        Parameters given = call.parameters();
        String search = given.text("search", TEXT).toLowerCase(Locale.ROOT);
        String measure = measure(given.text("sort", MEASURE));
        Duration window = given.one("window", WINDOWS, Duration.ofHours(1));
        String question = Cursor.question(watch, call.tenant(), search, measure, window);
        if (!search.isEmpty()) {
            audit.record(call.caller(), "search", watch.name(), call.tenant(), search, 200);
        }
        try {
            Page page = Page.of(
                    (after, limit) -> cluster.entities(new EntityQuestion(
                            call.tenant(),
                            watch,
                            search,
                            measure,
                            window,
                            after.name(),
                            after.measure(),
                            limit,
                            hosts)),
                    Cursor.read(given.text("cursor").orElse(""), question),
                    given.limit(),
                    call.caller().seesEveryHost() || !hosts.isEmpty(),
                    row -> call.caller().sees(row.name()),
                    row -> new Cursor(question, row.name(), String.valueOf(value(row, measure))),
                    row -> row,
                    clock);
            return Reply.json(page);
        } catch (IllegalArgumentException wrong) {
            throw Refusal.bad(String.valueOf(wrong.getMessage()));
        }
    }

    private static double value(EntityRow row, String measure) {
        return measure.isEmpty()
                ? 0
                : Optional.ofNullable(row.measures().get(measure)).orElse(0.0);
    }

    private static String measure(String text) {
        if (!text.matches("([A-Za-z][A-Za-z0-9]*)?")) {
            throw Refusal.bad("sort must be the name of a measure");
        }
        return text.equals("name") ? "" : text;
    }

    /** Incidents, the newest first. */
    Reply incidents(Call call) {
        Parameters given = call.parameters();
        Set<Alert.State> states = given.several("state", STATES);
        Severity least = given.one("severity", SEVERITIES, Severity.INFO);
        Set<String> detectors = given.several("detector", Lists::detector);
        String subject = given.text("subject", TEXT).toLowerCase(Locale.ROOT);
        TimeRange range = TimeRange.of(given.instant("from"), given.instant("to"), limits.timeRange());
        String question = Cursor.question(
                call.tenant(),
                states.stream().sorted().toList(),
                least,
                detectors.stream().sorted().toList(),
                subject,
                given.instant("from"),
                given.instant("to"));
        if (!subject.isEmpty()) {
            audit.record(call.caller(), "search", "INCIDENT", call.tenant(), subject, 200);
        }
        Page page = Page.of(
                (after, limit) -> cluster.incidents(new IncidentQuestion(
                        call.tenant(),
                        states,
                        least,
                        detectors,
                        subject,
                        range.from(),
                        range.to(),
                        after.name(),
                        onset(after),
                        limit)),
                Cursor.read(given.text("cursor").orElse(""), question),
                given.limit(),
                call.caller().seesEveryHost(),
                told -> sees(call, told),
                told -> new Cursor(question, told.id(), told.onset().toString()),
                told -> new RawValue(told.json()),
                clock);
        return Reply.json(page);
    }

    /** Whether the caller may see the incident. */
    static boolean sees(Call call, Told told) {
        return call.caller().seesEveryHost()
                || (!told.server().isEmpty() && call.caller().sees(told.server()));
    }

    private static String detector(String text) {
        if (!text.matches("[a-z0-9-]{1,64}")) {
            throw Refusal.bad("detector must be ids of detectors, apart by commas");
        }
        return text;
    }

    private static Instant onset(Cursor after) {
        try {
            return after.place().isEmpty() ? Instant.EPOCH : Instant.parse(after.place());
        } catch (DateTimeException broken) {
            throw Refusal.bad("cursor is none that was given out");
        }
    }

    Reply hosts(Call call) {
        List<HostRow> seen = cluster.hosts(call.tenant()).rows().stream()
                .filter(row -> call.caller().sees(row.host()))
                .toList();
        return Reply.json(Page.whole(seen, clock));
    }

    Reply drift(Call call) {
        call.caller().mustSeeEveryHost("a list of templates");
        return Reply.json(Page.whole(
                cluster.drift(call.tenant(), call.parameters().limit()).rows(), clock));
    }

    Reply members(Call call) {
        return Reply.json(Page.whole(answers.members(), clock));
    }

    Reply stores(Call call) {
        return Reply.json(Page.whole(answers.stores(), clock));
    }
}
