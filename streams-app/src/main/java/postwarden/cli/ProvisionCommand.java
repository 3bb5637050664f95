package postwarden.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import postwarden.config.AppConfig;
import postwarden.config.ConfigRefused;
import postwarden.schema.registry.Registration;
import postwarden.schema.registry.Registry;
import postwarden.schema.registry.RegistryKeys;
import postwarden.stream.Provision;

/** {@code postwarden provision}: topics and schemas, once, before anything runs. */
@Command(
        name = "provision",
        mixinStandardHelpOptions = true,
        description = "Creates the topics and registers the schemas that are missing; changes nothing that is there.")
final class ProvisionCommand implements Callable<Integer> {
    private static final int UNUSABLE = 2;

    private final PrintStream out;
    private final PrintStream err;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "the service's configuration (HOCON)")
    private @Nullable Path config;

    @Option(names = "--partitions", paramLabel = "N", description = "of the lines topic (default: ${DEFAULT-VALUE})")
    private int partitions = 12;

    ProvisionCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws InterruptedException {
        AppConfig loaded;
        try {
            loaded = AppConfig.load(Objects.requireNonNull(config));
        } catch (ConfigRefused refused) {
            refused.errors().forEach(error -> err.println("postwarden provision: " + config + ": " + error));
            return UNUSABLE;
        }
        Map<String, Object> kafka = new HashMap<>(loaded.kafka());
        try (Admin admin = Admin.create(kafka);
                Registry registry = RegistryKeys.registry(kafka)) {
            short replicas = (short) loaded.service().replicationFactor();
            Provision.topics(admin, loaded.settings().topics(), partitions, replicas)
                    .forEach(out::println);
            Registration.register(registry, Registration.standard()).forEach(out::println);
            return 0;
        } catch (ExecutionException refused) {
            err.println("postwarden provision: " + refused.getMessage());
            return UNUSABLE;
        }
    }
}
