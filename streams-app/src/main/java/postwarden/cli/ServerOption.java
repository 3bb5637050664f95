package postwarden.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import postwarden.client.ClientParams;
import postwarden.client.ServiceClient;
import postwarden.producer.config.SecretText;

/** {@code --server} and {@code --token-file}: the running service that a command asks, and as whom. */
final class ServerOption {
    /** Exit status when there is no such thing. */
    static final int UNKNOWN = 1;
    /** Exit status while a store is being restored or moved: the same question may be answered later. */
    static final int NOT_READY = 3;

    static final String STATUS =
            "Exit status: 0 when it was answered, 1 when there is no such thing, 2 when an argument is wrong or"
                    + " nobody answers, 3 while the service is not ready (ask again later).";

    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8480",
            description = "an instance of the service; any answers for all (default: ${DEFAULT-VALUE})")
    private String server = "";

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "bearer token to show, in a file that only its owner may read")
    private @Nullable Path token;

    @Option(
            names = "--tenant",
            paramLabel = "TENANT",
            defaultValue = "default",
            description = "whose (default: ${DEFAULT-VALUE})")
    private String tenant = "";

    String tenant() {
        return tenant;
    }

    /** Somebody to ask. @throws IllegalArgumentException when an option cannot be used, saying why */
    ServiceClient client() {
        return ServiceClient.of(server, Optional.ofNullable(token).map(SecretText::read), ClientParams.STANDARD);
    }
}
