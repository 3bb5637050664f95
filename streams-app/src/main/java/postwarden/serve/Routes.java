package postwarden.serve;

import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import postwarden.ask.Answers;
import postwarden.ask.Health;
import postwarden.serve.Route.Method;
import postwarden.serve.Route.Weight;
import postwarden.serve.access.Role;
import postwarden.serve.live.AlertFeed;
import postwarden.serve.live.AlertStream;
import postwarden.serve.peer.OwnPart;
import postwarden.serve.wire.Json;
import postwarden.serve.wire.Refusal;
import postwarden.tally.Watch;

/** Every route on one page; {@code openapi.json} describes each of them. */
final class Routes {
    static final String API = "/api/v1";

    private static final Map<String, Watch> WATCHES = Map.of(
            "servers", Watch.SERVER,
            "clients", Watch.CLIENT,
            "accounts", Watch.ACCOUNT,
            "senders", Watch.SENDER,
            "destinations", Watch.DESTINATION);
    private static final Set<String> NONE = Set.of();
    private static final Set<String> TENANT = Set.of("tenant");
    /** A peer's question is a list's question: a name and some texts. */
    private static final int QUESTION_BYTES = 64 << 10;

    private final List<Route> routes = new ArrayList<>();

    private Routes() {}

    /** All of them. */
    static List<Route> of(
            Lists lists,
            Lookups lookups,
            FeedbackRoute feedback,
            Answers answers,
            OwnPart ownPart,
            Optional<AlertFeed> feed,
            ConsoleFiles console) {
        Routes all = new Routes();
        all.addQuestions(lists, lookups);
        all.addInstance(lists, lookups, answers);
        all.add(
                Method.POST,
                API + "/incidents/{id}/feedback",
                TENANT,
                Role.OPERATOR,
                Weight.LOOKUP,
                call -> Optional.of(feedback.give(call)));
        all.add(Method.GET, API + "/stream", TENANT, Role.READER, Weight.STREAM, call -> stream(feed, call));
        all.add(
                Method.POST,
                "/internal/v1/{question}",
                NONE,
                Role.PEER,
                Weight.PEER,
                call -> Optional.of(new Reply(
                        200,
                        Reply.JSON,
                        ownPart.answer(call.path("question", 32), Body.read(call.context(), QUESTION_BYTES)))));
        all.add(Method.GET, "/", NONE, Role.READER, Weight.OPEN, console::page);
        all.add(Method.GET, "/assets/<path>", NONE, Role.READER, Weight.OPEN, console::asset);
        all.add(Method.GET, "/webjars/<path>", NONE, Role.READER, Weight.OPEN, console::library);
        return List.copyOf(all.routes);
    }

    private void addQuestions(Lists lists, Lookups lookups) {
        Set<String> list = Set.of("tenant", "search", "sort", "window", "limit", "cursor");
        WATCHES.forEach((name, watch) -> {
            add(
                    Method.GET,
                    API + "/" + name,
                    list,
                    Role.READER,
                    Weight.SCAN,
                    call -> Optional.of(lists.entities(watch, call)));
            add(
                    Method.GET,
                    API + "/" + name + "/{name}",
                    Set.of("tenant", "stale", "brief"),
                    Role.READER,
                    Weight.LOOKUP,
                    call -> Optional.of(lookups.entity(watch, call)));
        });
        Set<String> incidents =
                Set.of("tenant", "state", "severity", "detector", "subject", "from", "to", "limit", "cursor");
        add(
                Method.GET,
                API + "/incidents",
                incidents,
                Role.READER,
                Weight.SCAN,
                call -> Optional.of(lists.incidents(call)));
        add(
                Method.GET,
                API + "/incidents/{id}",
                TENANT,
                Role.READER,
                Weight.LOOKUP,
                call -> Optional.of(lookups.incident(call)));
        add(Method.GET, API + "/hosts", TENANT, Role.READER, Weight.SCAN, call -> Optional.of(lists.hosts(call)));
        add(
                Method.GET,
                API + "/drift",
                Set.of("tenant", "limit"),
                Role.READER,
                Weight.SCAN,
                call -> Optional.of(lists.drift(call)));
    }

    private void addInstance(Lists lists, Lookups lookups, Answers answers) {
        add(Method.GET, API + "/members", NONE, Role.READER, Weight.LOOKUP, call -> Optional.of(lists.members(call)));
        add(Method.GET, API + "/stores", NONE, Role.ADMIN, Weight.LOOKUP, call -> Optional.of(lists.stores(call)));
        add(
                Method.GET,
                API + "/stores/{store}/{keyHex}",
                NONE,
                Role.ADMIN,
                Weight.LOOKUP,
                call -> Optional.of(lookups.raw(call)));
        add(
                Method.GET,
                API + "/health",
                NONE,
                Role.READER,
                Weight.LOOKUP,
                call -> Optional.of(Reply.json(answers.health())));
        add(Method.GET, API + "/health/live", NONE, Role.READER, Weight.OPEN, call -> {
            Health health = answers.health();
            return Optional.of(probe("live", health.live()));
        });
        add(Method.GET, API + "/health/ready", NONE, Role.READER, Weight.OPEN, call -> {
            Health health = answers.health();
            return Optional.of(probe("ready", health.ready()));
        });
        Reply description = Reply.json(new RawValue(description()));
        add(Method.GET, API + "/openapi.json", NONE, Role.READER, Weight.LOOKUP, call -> Optional.of(description));
    }

    private void add(Method method, String path, Set<String> parameters, Role least, Weight weight, Route.Work work) {
        routes.add(new Route(method, path, parameters, least, weight, work));
    }

    private static Reply probe(String name, boolean well) {
        return new Reply(well ? 200 : 503, Reply.JSON, Json.bytes(Map.of(name, well)));
    }

    private static Optional<Reply> stream(Optional<AlertFeed> feed, Call call)
            throws IOException, InterruptedException {
        AlertFeed alerts = feed.orElseThrow(() -> Refusal.notFound("this instance has no stream of alerts"));
        String last =
                Optional.ofNullable(call.context().header("Last-Event-ID")).orElse("");
        AlertStream.serve(
                alerts, last, told -> told.tenant().equals(call.tenant()) && Lists.sees(call, told), () -> open(call));
        return Optional.empty();
    }

    private static OutputStream open(Call call) throws IOException {
        call.context().res().setStatus(200);
        call.context().res().setContentType("text/event-stream");
        call.context().res().setHeader("Cache-Control", "no-store");
        // nginx would keep events back.
        call.context().res().setHeader("X-Accel-Buffering", "no");
        return call.context().res().getOutputStream();
    }

    /** The document. */
    static String description() {
        try (@Nullable InputStream file = Routes.class.getResourceAsStream("openapi.json")) {
            if (file == null) {
                throw new IllegalStateException("openapi.json is part of the program and is missing");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException("openapi.json is part of the program and cannot be read", broken);
        }
    }
}
