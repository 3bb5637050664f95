package postwarden.stream;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.StreamsGroupMemberDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions that instances of this application left open when they were killed.
 *
 * <p>All that stands behind such a transaction is hidden from those who read committed records, the instance that took over
 * among them, until the broker gives it up: after {@code transaction.timeout.ms}, at its next round
 * ({@code transaction.abort.timed.out.transaction.cleanup.interval.ms}, 10 s), twenty seconds by default. The group knows who
 * is dead after {@code session.timeout.ms}; so whoever sees the group change ends what those have left.
 *
 * <p>Ended are transactions of processes that are no members. Such a process may still live, as one that was suspended: it
 * could not commit in any case, since its membership is part of each commit.
 */
public final class Orphans implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);
    /** Kafka Streams ends the names of its clients and its transactions in a process's identity and what is within it. */
    private static final String PROCESS = "-(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})-.*";

    private final Admin admin;
    private final Running running;
    private final ExecutorService looker;

    private Orphans(Admin admin, Running running) {
        this.admin = admin;
        this.running = running;
        this.looker = Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, "orphans");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Connects nowhere before the first look. */
    static Orphans of(Running running) {
        return new Orphans(Admin.create(new HashMap<>(running.kafka())), running);
    }

    /** The group has changed; looks in a thread of its own, and a failure is logged: the broker ends them too, later. */
    void look() {
        try {
            looker.execute(this::endAndTell);
        } catch (RejectedExecutionException closed) {
            LOG.atDebug().setCause(closed).log("the group changed after the service was closed");
        }
    }

    private void endAndTell() {
        try {
            Set<String> ended = end(admin, running.applicationId(), running.groupProtocol());
            if (!ended.isEmpty()) {
                LOG.atWarn()
                        .addKeyValue("transactions", ended)
                        .log("an instance is gone and left transactions open; they are aborted");
            }
        } catch (ExecutionException failure) {
            LOG.atWarn()
                    .addKeyValue("reason", String.valueOf(failure.getCause()))
                    .log(
                            "transactions of killed instances cannot be looked for; the broker aborts them when they time out");
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Aborts the open transactions of the application's processes that are not in its group.
     *
     * @param protocol which the group speaks, see {@link GroupProtocol#name}
     * @return their {@code transactional.id}s; none where the group has no members, or one whose name does not tell its
     *     process ({@code client.id} is set): then nobody can say who is dead
     * @throws ExecutionException when the broker does not answer, or refuses
     */
    public static Set<String> end(Admin admin, String application, String protocol)
            throws ExecutionException, InterruptedException {
        Pattern named = Pattern.compile(Pattern.quote(application) + PROCESS);
        // Before the members, so that who has just come with a transaction is among those.
        Set<String> open = open(admin, named);
        if (open.isEmpty()) {
            return open;
        }
        Set<Optional<String>> members = clients(admin, application, protocol)
                .map(name -> process(named, name))
                .collect(Collectors.toUnmodifiableSet());
        if (members.isEmpty() || members.contains(Optional.<String>empty())) {
            return Set.of();
        }
        Set<String> orphans = open.stream()
                .filter(id -> !members.contains(process(named, id)))
                .collect(Collectors.toUnmodifiableSet());
        admin.fenceProducers(orphans).all().get();
        return orphans;
    }

    private static Set<String> open(Admin admin, Pattern named) throws ExecutionException, InterruptedException {
        Collection<TransactionListing> listed = admin.listTransactions(
                        new ListTransactionsOptions().filterStates(Set.of(TransactionState.ONGOING)))
                .all()
                .get();
        return listed.stream()
                .map(TransactionListing::transactionalId)
                .filter(id -> named.matcher(id).matches())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<String> clients(Admin admin, String application, String protocol)
            throws ExecutionException, InterruptedException {
        try {
            return members(admin, List.of(application), protocol);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof GroupIdNotFoundException) {
                return Stream.empty();
            }
            throw failure;
        }
    }

    private static Stream<String> members(Admin admin, List<String> group, String protocol)
            throws ExecutionException, InterruptedException {
        return protocol.equals(GroupProtocol.STREAMS)
                ? admin.describeStreamsGroups(group).all().get().values().stream()
                        .flatMap(described -> described.members().stream())
                        .map(StreamsGroupMemberDescription::clientId)
                : admin.describeConsumerGroups(group).all().get().values().stream()
                        .flatMap(described -> described.members().stream())
                        .map(MemberDescription::clientId);
    }

    private static Optional<String> process(Pattern named, String name) {
        Matcher matcher = named.matcher(name);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    @Override
    public void close() {
        looker.shutdownNow();
        admin.close(Duration.ZERO);
    }
}
