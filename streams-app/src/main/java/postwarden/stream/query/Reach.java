package postwarden.stream.query;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.ThreadMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import postwarden.ask.NotReady;
import postwarden.stream.QueryParams;
import postwarden.stream.Service;
import postwarden.stream.Settings;
import postwarden.stream.Shared;

/** The stores of this instance as Kafka Streams gives them out; whatever it refuses is {@link NotReady}. */
final class Reach {
    private final Service service;
    private final QueryParams params;

    Reach(Service service) {
        this.service = service;
        params = service.settings().stream().query();
    }

    KafkaStreams streams() {
        return service.streams();
    }

    Settings settings() {
        return service.settings();
    }

    QueryParams params() {
        return params;
    }

    /** The parts that this instance is active for, by number. */
    Set<Integer> active(Kind kind) {
        return parts(kind, true);
    }

    /** The parts of which this instance keeps a copy, by number. */
    Set<Integer> standby(Kind kind) {
        return parts(kind, false);
    }

    /** What the tasks of this kind share that are active here. @throws NotReady while one of them has not begun */
    List<Shared> shared(Kind kind) {
        Set<Integer> parts = active(kind);
        if (parts.isEmpty()) {
            return List.of();
        }
        String heap = kind.heap().orElseThrow();
        List<Shared> shared =
                called(() -> streams().store(StoreQueryParameters.fromNameAndType(heap, new Shared.Type())));
        Set<Integer> begun = new TreeSet<>();
        shared.forEach(each -> begun.add(each.part()));
        if (!begun.containsAll(parts)) {
            parts.removeAll(begun);
            throw notReady("parts " + parts + " of " + heap + " have not begun");
        }
        return shared;
    }

    /** What the task of this part shares. @throws NotReady where it is not active here, or has not begun */
    Shared shared(Kind kind, int part) {
        String heap = kind.heap().orElseThrow();
        List<Shared> shared = called(() -> streams()
                .store(StoreQueryParameters.fromNameAndType(heap, new Shared.Type())
                        .withPartition(part)));
        if (shared.isEmpty()) {
            throw notReady("part " + part + " of " + heap + " has not begun");
        }
        return shared.get(0);
    }

    /** One part of a store that is active here. */
    ReadOnlyKeyValueStore<Bytes, byte[]> store(String name, int part) {
        return called(() -> streams().store(of(name, part)));
    }

    /** The same, or a copy of it. */
    ReadOnlyKeyValueStore<Bytes, byte[]> copy(String name, int part) {
        return called(() -> streams().store(of(name, part).enableStaleStores()));
    }

    /** What comes of a question to stores. @throws NotReady where one of them is closed or moves meanwhile */
    <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (InvalidStateStoreException moved) {
            throw notReady(moved);
        }
    }

    /** What comes of a call of Kafka Streams itself. @throws NotReady where it says that it cannot tell now */
    <T> T called(Supplier<T> call) {
        try {
            return call.get();
        } catch (InvalidStateStoreException | IllegalStateException notNow) {
            // The second is what it throws when it does not run: before its start, and after its end.
            throw notReady(notNow);
        }
    }

    private NotReady notReady(RuntimeException cause) {
        NotReady told = notReady(String.valueOf(cause.getMessage()));
        told.initCause(cause);
        return told;
    }

    NotReady notReady(String what) {
        return new NotReady(what, params.retryAfter());
    }

    private static StoreQueryParameters<ReadOnlyKeyValueStore<Bytes, byte[]>> of(String name, int part) {
        return StoreQueryParameters.<ReadOnlyKeyValueStore<Bytes, byte[]>>fromNameAndType(
                        name, QueryableStoreTypes.keyValueStore())
                .withPartition(part);
    }

    private Set<Integer> parts(Kind kind, boolean active) {
        String input = kind.input(
                service.running().applicationId(), settings().topics().lines());
        Set<Integer> parts = new TreeSet<>();
        for (ThreadMetadata thread : called(() -> streams().metadataForLocalThreads())) {
            for (TaskMetadata task : active ? thread.activeTasks() : thread.standbyTasks()) {
                task.topicPartitions().stream()
                        .filter(partition -> partition.topic().equals(input))
                        .forEach(partition -> parts.add(partition.partition()));
            }
        }
        return parts;
    }
}
