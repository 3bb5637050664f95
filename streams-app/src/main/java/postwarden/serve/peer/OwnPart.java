package postwarden.serve.peer;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import postwarden.ask.Answers;
import postwarden.ask.EntityQuestion;
import postwarden.ask.Holder;
import postwarden.ask.IncidentQuestion;
import postwarden.ask.Listing;
import postwarden.ask.Lookup;
import postwarden.ask.NotReady;
import postwarden.serve.wire.Json;
import postwarden.serve.wire.Refusal;
import postwarden.serve.wire.Told;

/**
 * Answers a peer out of what this instance holds, and never asks on: a question that came to the wrong instance, as while
 * partitions move, is one to ask again later.
 */
public final class OwnPart {
    /** How long partitions take to move, at least. */
    private static final Duration MOVING = Duration.ofSeconds(1);

    private final Answers answers;
    private final String own;

    /** @param own address of this instance, as the others know it */
    public OwnPart(Answers answers, String own) {
        this.answers = answers;
        this.own = own;
    }

    /**
     * The answer to a peer's question as JSON.
     *
     * @throws Refusal 400 for what is no question, 404 where there is nothing, 503 where it is not for this instance
     */
    public byte[] answer(String kind, byte[] question) {
        try {
            return switch (kind) {
                case PeerQuestion.ENTITIES -> entities(Json.read(question, EntityQuestion.class), false);
                case PeerQuestion.ENTITIES_OF_HOSTS -> entities(Json.read(question, EntityQuestion.class), true);
                case PeerQuestion.ENTITY -> entity(Json.read(question, PeerQuestion.OfEntity.class), false);
                case PeerQuestion.ENTITY_OF_HOSTS -> entity(Json.read(question, PeerQuestion.OfEntity.class), true);
                case PeerQuestion.INCIDENTS -> incidents(Json.read(question, IncidentQuestion.class));
                case PeerQuestion.INCIDENT -> incident(Json.read(question, PeerQuestion.OfIncident.class));
                case PeerQuestion.HOSTS ->
                    Json.bytes(answers.hosts(
                            Json.read(question, PeerQuestion.OfHosts.class).tenant()));
                case PeerQuestion.DRIFT -> drift(Json.read(question, PeerQuestion.OfDrift.class));
                case PeerQuestion.RAW -> raw(Json.read(question, PeerQuestion.OfRaw.class));
                default -> throw Refusal.notFound("there is no such question");
            };
        } catch (IOException unreadable) {
            throw Refusal.bad("the body is no question of that kind");
        } catch (IllegalArgumentException wrong) {
            throw Refusal.bad(String.valueOf(wrong.getMessage()));
        }
    }

    private byte[] entities(EntityQuestion question, boolean ofHosts) {
        mustFit(question.hosts(), ofHosts);
        return Json.bytes(answers.entities(question));
    }

    private static void mustFit(List<String> hosts, boolean ofHosts) {
        if (hosts.isEmpty() == ofHosts) {
            throw Refusal.bad("hosts must be named where some are meant, and only there");
        }
    }

    private byte[] entity(PeerQuestion.OfEntity question, boolean ofHosts) {
        mustFit(question.hosts(), ofHosts);
        Lookup lookup = question.lookup();
        Holder holder = answers.holder(lookup.key());
        if (!holder.self() && !(lookup.stale() && holder.standbys().contains(own))) {
            throw elsewhere();
        }
        return found(answers.entity(lookup));
    }

    private byte[] incidents(IncidentQuestion question) {
        if (!answers.incidentsHolder(question.tenant()).self()) {
            throw elsewhere();
        }
        return Json.bytes(told(question));
    }

    /** What this instance tells of incidents. */
    Listing<Told> told(IncidentQuestion question) {
        Listing<postwarden.incident.Alert> found = answers.incidents(question);
        return new Listing<>(found.rows().stream().map(Told::of).toList(), found.total());
    }

    private byte[] incident(PeerQuestion.OfIncident question) {
        if (!answers.incidentsHolder(question.tenant()).self()) {
            throw elsewhere();
        }
        return found(answers.incident(question.tenant(), question.id()).map(Told::of));
    }

    private byte[] drift(PeerQuestion.OfDrift question) {
        return Json.bytes(answers.drift(question.tenant(), question.limit()));
    }

    private byte[] raw(PeerQuestion.OfRaw question) {
        return found(answers.raw(question.store(), question.key()));
    }

    private static byte[] found(Optional<?> answer) {
        return Json.bytes(answer.orElseThrow(() -> Refusal.notFound("nothing is known of it")));
    }

    private static NotReady elsewhere() {
        return new NotReady("that part of the state is not here, or moves just now", MOVING);
    }
}
