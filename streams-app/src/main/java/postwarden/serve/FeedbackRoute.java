package postwarden.serve;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postwarden.policy.Allowance;
import postwarden.policy.Decision;
import postwarden.policy.NamePattern;
import postwarden.policy.Saying;
import postwarden.serve.wire.Json;
import postwarden.serve.wire.Refusal;
import postwarden.serve.wire.Told;

/** What an operator says of an incident. */
final class FeedbackRoute {
    private static final Logger LOG = LoggerFactory.getLogger(FeedbackRoute.class);
    private static final int ID = 64;
    private static final int ID_OF_INCIDENT = 36;
    private static final Duration AGAIN = Duration.ofSeconds(5);
    /** What a finding is about, the narrowest first; a server only where it is about nothing narrower. */
    private static final List<String> NARROW = List.of("account", "sender", "client", "destination", "server");

    private final Lookups lookups;
    private final Feedback feedback;
    private final Audit audit;
    private final LimitParams limits;
    private final Clock clock;

    FeedbackRoute(Lookups lookups, Feedback feedback, Audit audit, LimitParams limits, Clock clock) {
        this.lookups = lookups;
        this.feedback = feedback;
        this.audit = audit;
        this.limits = limits;
        this.clock = clock;
    }

    Reply give(Call call) throws InterruptedException {
        String id = call.path("id", ID);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Said said = said(call).checked(now);
        String action = String.valueOf(said.action());
        Decision decision = decision(call, lookups.found(call, id), said, now);
        try {
            feedback.write(decision);
            audit.record(call.caller(), action, "INCIDENT", call.tenant(), id, 202);
        } catch (Feedback.Unwritten refused) {
            audit.record(call.caller(), action, "INCIDENT", call.tenant(), id, 503);
            LOG.atWarn()
                    .addKeyValue("reason", String.valueOf(refused.getCause()))
                    .log("a decision could not be written to the policy topic");
            throw Refusal.unavailable("the decision could not be written; nothing has changed", AGAIN);
        }
        return new Reply(202, Reply.JSON, Json.bytes(Map.of("policy", decision.id())));
    }

    private Said said(Call call) {
        String type = Optional.ofNullable(call.context().contentType()).orElse("");
        if (!type.equals(Reply.JSON) && !type.startsWith(Reply.JSON + ";")) {
            throw Refusal.of(415, "Unsupported media type", "the body must be application/json");
        }
        byte[] body = Body.read(call.context(), limits.bodyKib() * 1024);
        try {
            return Json.strictly(body, Said.class);
        } catch (IOException broken) {
            throw Refusal.bad("the body must be a JSON object with action, reason, assignee and until, each a text");
        }
    }

    private Decision decision(Call call, Told told, Said said, Instant now) {
        try {
            return said.isAllowance()
                    ? allowance(call, told, said, now)
                    : new Saying(
                            told.tenant(),
                            told.id(),
                            said.remark(call.caller().name(), now),
                            now.plus(limits.feedbackKeep()));
        } catch (IllegalArgumentException wrong) {
            throw Refusal.bad(String.valueOf(wrong.getMessage()));
        }
    }

    private static Allowance allowance(Call call, Told told, Said said, Instant now) {
        JsonNode alert = alert(told);
        JsonNode subject = alert.path("subject");
        String entity = NARROW.stream()
                .map(kind -> subject.path(kind).asText(""))
                .filter(name -> !name.isEmpty() && !name.equals("null"))
                .findFirst()
                .orElse("");
        if (entity.isEmpty() || Stream.of(entity, told.server()).anyMatch(name -> name.indexOf('*') >= 0)) {
            throw Refusal.of(
                    409,
                    "Conflict",
                    "this incident names nothing that can be let be as it is: use postwarden policy add");
        }
        return new Allowance(
                "incident-" + id(told.id()),
                told.tenant(),
                new NamePattern(alert.path("detector").asText()),
                new NamePattern(entity),
                told.server().isEmpty() ? NamePattern.ANYTHING : new NamePattern(told.server()),
                call.caller().name(),
                String.valueOf(said.reason()),
                now,
                said.end().truncatedTo(ChronoUnit.MILLIS));
    }

    private static String id(String incident) {
        return incident.substring(0, Math.min(incident.length(), ID_OF_INCIDENT));
    }

    private static JsonNode alert(Told told) {
        try {
            return Json.read(told.json().getBytes(java.nio.charset.StandardCharsets.UTF_8), JsonNode.class);
        } catch (IOException broken) {
            throw Refusal.badGateway("a peer's incident cannot be read");
        }
    }
}
