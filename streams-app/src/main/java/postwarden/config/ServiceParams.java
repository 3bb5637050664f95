package postwarden.config;

import java.time.Duration;
import java.util.Set;
import postwarden.stream.GroupProtocol;
import postwarden.stream.RocksParams;

/**
 * Settings of the running service, none of which changes a verdict.
 *
 * @param applicationId names the consumer group, the transactional ids and the internal topics, 1 to 100 of a-z, 0-9, . _ -
 * @param stateDir folder of the state stores; on a disk that survives a restart, or everything is restored from Kafka
 * @param threads stream threads, 1 to 64; default 1: one core's worth
 * @param commitInterval how often input, states and output are committed together, 10 ms to 60 s; default 200 ms: an alert
 *     passes three commits, so this bounds what the service adds to its delay
 * @param replicationFactor of the internal topics, 1 to 10; default 3
 * @param standbyReplicas copies of the states on other instances, 0 to 5; default 1
 * @param groupProtocol how instances share the work, auto, classic or streams (KIP-1071); default auto: streams where the
 *     brokers have it and nothing is lost by it
 * @param stores memory of the state stores outside of Java's heap
 * @param dev whether a cluster is accepted that cannot keep the promises (one replica)
 */
public record ServiceParams(
        String applicationId,
        String stateDir,
        int threads,
        Duration commitInterval,
        int replicationFactor,
        int standbyReplicas,
        String groupProtocol,
        RocksParams stores,
        boolean dev) {
    private static final Set<String> PROTOCOLS =
            Set.of(GroupProtocol.AUTO, GroupProtocol.CLASSIC, GroupProtocol.STREAMS);

    public static final ServiceParams STANDARD = new ServiceParams(
            "postwarden",
            "/var/lib/postwarden",
            1,
            Duration.ofMillis(200),
            3,
            1,
            GroupProtocol.AUTO,
            RocksParams.STANDARD,
            false);

    public ServiceParams {
        if (!applicationId.chars().allMatch(ServiceParams::isNameCharacter)
                || applicationId.isEmpty()
                || applicationId.length() > 100) {
            throw new IllegalArgumentException(
                    "application-id must be 1 to 100 of a-z, A-Z, 0-9, '.', '_' and '-', not '" + applicationId + "'");
        }
        check("threads", threads, 1, 64);
        check("commit-interval in ms", commitInterval.toMillis(), 10, 60_000);
        check("replication-factor", replicationFactor, 1, 10);
        check("standby-replicas", standbyReplicas, 0, 5);
        if (!PROTOCOLS.contains(groupProtocol)) {
            throw new IllegalArgumentException(
                    "group-protocol must be auto, classic or streams, not '" + groupProtocol + "'");
        }
        if (!dev && replicationFactor < 3) {
            throw new IllegalArgumentException("replication-factor must be 3 or more unless dev = true, not "
                    + replicationFactor + ": fewer lose acknowledged lines with one broker");
        }
    }

    private static boolean isNameCharacter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || ".-_".indexOf(c) >= 0;
    }

    private static void check(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most + ", not " + value);
        }
    }
}
