package postwarden.cli;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import postwarden.config.AppConfig;
import postwarden.schema.registry.Registration;
import postwarden.schema.registry.Registry;
import postwarden.schema.registry.RegistryKeys;
import postwarden.stream.Provision;
import postwarden.stream.Topics;
import postwarden.stream.check.Finding;
import postwarden.stream.check.Preflight;
import postwarden.stream.check.Reach;

/** {@code postwarden provision}: topics and schemas, once, before anything runs. */
@Command(
        name = "provision",
        mixinStandardHelpOptions = true,
        description = {
            "Creates the topics and registers the schemas that are missing; changes nothing that is there, but says what is"
                    + " not as the service needs it.",
            "Exit status: 0 when all is as it must be, 1 when something is not, 2 when the configuration or the cluster"
                    + " cannot be used."
        })
final class ProvisionCommand implements Callable<Integer> {
    private static final int OTHERWISE = 1;
    /** As many as the service's own topics may have, see {@code StreamParams}; more than any fleet needs. */
    private static final int MOST_PARTITIONS = 1000;

    private final PrintStream out;
    private final PrintStream err;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(names = "--partitions", paramLabel = "N", description = "of the lines topic (default: ${DEFAULT-VALUE})")
    private int partitions = 12;

    @Option(names = "--check", description = "creates and registers nothing either")
    private boolean check;

    @Option(names = "--repair", description = "sets the topics' settings to what they must be")
    private boolean repair;

    ProvisionCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (partitions < 1 || partitions > MOST_PARTITIONS) {
            Complaint.print(
                    err,
                    "postwarden provision",
                    "--partitions must be 1 to " + MOST_PARTITIONS + ", not " + partitions);
            return ConfigOption.UNUSABLE;
        }
        Optional<AppConfig> loaded = config.load("provision", err);
        return loaded.isEmpty() ? ConfigOption.UNUSABLE : provision(loaded.get());
    }

    private int provision(AppConfig loaded) throws InterruptedException {
        Map<String, Object> kafka = new HashMap<>(Reach.impatient(loaded.kafka()));
        try (Admin admin = Reach.admin(loaded.kafka())) {
            if (!check) {
                create(admin, kafka, loaded);
            }
            return tell(admin, loaded);
        } catch (ExecutionException refused) {
            Complaint.print(err, "postwarden provision", Complaint.of(refused).orElseThrow());
            return ConfigOption.UNUSABLE;
        }
    }

    private void create(Admin admin, Map<String, Object> kafka, AppConfig loaded)
            throws ExecutionException, InterruptedException {
        short replicas = (short) loaded.service().replicationFactor();
        Topics topics = loaded.settings().topics();
        Provision.topics(admin, topics, partitions, replicas).forEach(out::println);
        if (repair) {
            Provision.repair(admin, topics, loaded.service().applicationId(), replicas)
                    .forEach(out::println);
        }
        try (Registry registry = RegistryKeys.registry(kafka)) {
            Registration.register(registry, Registration.standard()).forEach(out::println);
        }
    }

    /** Says what is not as it must be. */
    private int tell(Admin admin, AppConfig loaded) throws ExecutionException, InterruptedException {
        boolean dev = loaded.service().dev();
        int status = 0;
        for (Finding finding : new Preflight(loaded.settings(), loaded.running(), out::println).look(admin)) {
            boolean refuses = finding.refuses(dev);
            out.println((refuses ? "" : "warning: ") + finding.line());
            status = refuses ? OTHERWISE : status;
        }
        return status;
    }
}
