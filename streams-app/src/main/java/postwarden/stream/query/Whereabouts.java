package postwarden.stream.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.state.HostInfo;
import postwarden.ask.Health;
import postwarden.ask.Holder;
import postwarden.ask.Member;
import postwarden.ask.NotReady;
import postwarden.stream.ByPart;
import postwarden.stream.Service;
import postwarden.stream.Stores;
import postwarden.tally.Key;

/** Which instance has what, and how this one is. */
final class Whereabouts {
    private static final Set<KafkaStreams.State> LIVE =
            Set.of(KafkaStreams.State.CREATED, KafkaStreams.State.REBALANCING, KafkaStreams.State.RUNNING);

    private final Service service;
    private final Reach reach;
    private final String own;

    Whereabouts(Service service, Reach reach) {
        this.service = service;
        this.reach = reach;
        own = service.running().address();
    }

    Health health() {
        KafkaStreams.State state = service.streams().state();
        List<Health.Restoring> restoring = service.restoring().progress().stream()
                .map(each -> new Health.Restoring(each.store(), each.part(), each.done(), each.total()))
                .toList();
        boolean ready = state == KafkaStreams.State.RUNNING && restoring.isEmpty() && hasBegun();
        return new Health(state.name(), LIVE.contains(state), ready, restoring);
    }

    /** Whether all that was given to this instance can be asked. */
    private boolean hasBegun() {
        try {
            reach.shared(Kind.INTAKE);
            reach.shared(Kind.WATCH);
            reach.active(Kind.DESK).forEach(part -> reach.store(Stores.INCIDENTS, part));
            return true;
        } catch (NotReady notYet) {
            return false;
        }
    }

    Holder holder(Key key, int part) {
        return holder(
                Kind.WATCH,
                part,
                () -> service.streams()
                        .queryMetadataForKey(
                                Stores.KEYS,
                                key,
                                (String topic, Key asked, Object value, int parts) ->
                                        Optional.of(Set.of(ByPart.of(asked, parts)))));
    }

    Holder incidentsHolder(String tenant, int part) {
        return holder(
                Kind.DESK,
                part,
                () -> service.streams().queryMetadataForKey(Stores.INCIDENTS, tenant, new StringSerializer()));
    }

    private Holder holder(Kind kind, int part, Supplier<KeyQueryMetadata> question) {
        if (own.isEmpty()) {
            // Nobody can be sent elsewhere where no instance says where it is.
            if (!reach.active(kind).contains(part)) {
                throw reach.notReady("part " + part + " is not here, and this instance has no address");
            }
            return new Holder(true, own, List.of(), part);
        }
        KeyQueryMetadata told = reach.called(question);
        if (told.equals(KeyQueryMetadata.NOT_AVAILABLE) || told.activeHost().equals(HostInfo.unavailable())) {
            throw reach.notReady("nobody has part " + part + " now");
        }
        String active = address(told.activeHost());
        List<String> standbys =
                told.standbyHosts().stream().map(Whereabouts::address).sorted().toList();
        return new Holder(active.equals(own), active, standbys, told.partition());
    }

    List<Member> members() {
        List<Member> members = new ArrayList<>();
        if (!own.isEmpty()) {
            for (StreamsMetadata each : told()) {
                String address = address(each.hostInfo());
                members.add(new Member(
                        address,
                        address.equals(own),
                        count(each.topicPartitions()),
                        count(each.standbyTopicPartitions())));
            }
        }
        if (members.stream().noneMatch(Member::self)) {
            members.add(new Member(own, true, 0, 0));
        }
        members.sort(Comparator.comparing(Member::address));
        return members;
    }

    /** Nothing while it does not run. */
    private Collection<StreamsMetadata> told() {
        try {
            return reach.called(() -> service.streams().metadataForAllStreamsClients());
        } catch (NotReady notRunning) {
            return List.of();
        }
    }

    /** Parts are counted by what feeds them. */
    private int count(Set<TopicPartition> partitions) {
        Set<String> inputs = Arrays.stream(Kind.values())
                .map(kind -> kind.input(
                        service.running().applicationId(),
                        service.settings().topics().lines()))
                .collect(Collectors.toSet());
        return (int) partitions.stream()
                .filter(partition -> inputs.contains(partition.topic()))
                .count();
    }

    private static String address(HostInfo host) {
        boolean isIpv6 = host.host().indexOf(':') >= 0;
        return (isIpv6 ? "[" + host.host() + "]" : host.host()) + ":" + host.port();
    }
}
