package postwarden.serve;

import com.fasterxml.jackson.databind.util.RawValue;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import postwarden.ask.Entity;
import postwarden.ask.Lookup;
import postwarden.ask.NotReady;
import postwarden.policy.NamePattern;
import postwarden.serve.access.Caller;
import postwarden.serve.past.Past;
import postwarden.serve.peer.Cluster;
import postwarden.serve.wire.Refusal;
import postwarden.serve.wire.Told;
import postwarden.tally.Key;
import postwarden.tally.Watch;

/** One thing by its name; who looks for a person or an address leaves a trace, whatever the answer is. */
final class Lookups {
    private static final int ID = 64;
    private static final int STORE = 128;

    private final Cluster cluster;
    private final Past past;
    private final Audit audit;
    private final int keyBytes;

    Lookups(Cluster cluster, Past past, Audit audit, int keyBytes) {
        this.cluster = cluster;
        this.past = past;
        this.audit = audit;
        this.keyBytes = keyBytes;
    }

    Reply entity(Watch watch, Call call) {
        String name = call.path("name", keyBytes);
        boolean traced = watch == Watch.ACCOUNT || watch == Watch.SENDER || watch == Watch.CLIENT;
        return traced ? traced(call, watch.name(), name, () -> entity(watch, name, call)) : entity(watch, name, call);
    }

    private Reply entity(Watch watch, String name, Call call) {
        Caller caller = call.caller();
        if (watch == Watch.SERVER && !caller.sees(name)) {
            throw Refusal.forbidden("that host is not within your scope");
        }
        // Keys are in lower case, but for hosts, which are what they call themselves.
        String canonical = watch == Watch.SERVER ? name : name.toLowerCase(Locale.ROOT);
        Optional<Entity> found = cluster.entity(new Lookup(
                new Key(call.tenant(), watch, canonical),
                call.parameters().flag("stale"),
                call.parameters().flag("brief"),
                hosts(watch, caller)));
        return Reply.json(found.filter(entity -> sees(caller, entity)).orElseThrow(Lookups::unknown));
    }

    /** The hosts whose part of a key the caller is told; none where it is all of it, or the key is a host itself. */
    static List<String> hosts(Watch watch, Caller caller) {
        return watch == Watch.SERVER || caller.seesEveryHost()
                ? List.of()
                : caller.hosts().stream().map(NamePattern::text).toList();
    }

    /** Nothing of another host is ever shown, whatever a peer answers. */
    private static boolean sees(Caller caller, Entity entity) {
        return caller.seesEveryHost()
                || (!entity.hosts().isEmpty() && entity.hosts().stream().allMatch(caller::sees));
    }

    Reply incident(Call call) {
        return Reply.json(new RawValue(found(call, call.path("id", ID)).json()));
    }

    /** The incident, remembered or forgotten, if the caller may see it. @throws Refusal 404 */
    Told found(Call call, String id) {
        if (!id.matches("[A-Za-z0-9-]+")) {
            throw Refusal.bad("id must be an incident's id");
        }
        return cluster.incident(call.tenant(), id)
                .or(() -> past.incident(call.tenant(), id).map(Told::of))
                .filter(told -> Lists.sees(call, told))
                .orElseThrow(
                        () -> Refusal.notFound(
                                "no incident of this id is remembered, and none is in the topic of incidents, as far as you may see"));
    }

    Reply raw(Call call) {
        call.caller().mustSeeEveryHost("a row of a store");
        if (!call.caller().tenants().contains(Caller.EVERY)) {
            throw Refusal.forbidden("a row of a store cannot be bounded to the tenants within your scope");
        }
        String store = call.path("store", STORE);
        String key = call.path("keyHex", keyBytes * 2);
        return traced(call, "STORE", store + "/" + key, () -> {
            try {
                return Reply.json(cluster.raw(store, key).orElseThrow(Lookups::unknown));
            } catch (IllegalArgumentException wrong) {
                throw Refusal.bad(String.valueOf(wrong.getMessage()));
            }
        });
    }

    /** Something that is answered, or refused. */
    interface Answered {
        Reply reply();
    }

    private Reply traced(Call call, String kind, String name, Answered answered) {
        int status = 500;
        try {
            Reply reply = answered.reply();
            status = reply.status();
            return reply;
        } catch (Refusal refused) {
            status = refused.status();
            throw refused;
        } catch (NotReady notReady) {
            status = 503;
            throw notReady;
        } finally {
            audit.record(call.caller(), "lookup", kind, call.tenant(), name, status);
        }
    }

    private static Refusal unknown() {
        return Refusal.notFound("nothing is known of it");
    }
}
