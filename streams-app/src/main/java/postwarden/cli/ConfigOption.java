package postwarden.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import postwarden.config.AppConfig;
import postwarden.config.ConfigRefused;

/** {@code --config}: the service that a command is about, in its own configuration. */
final class ConfigOption {
    /** Exit status of a command that cannot use the configuration, or the cluster that it names. */
    static final int UNUSABLE = 2;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "the service's configuration (HOCON)")
    private @Nullable Path file;

    /** The configuration, or nothing, and each reason is a line of this command's on {@code err}. */
    Optional<AppConfig> load(String command, PrintStream err) {
        try {
            return Optional.of(AppConfig.load(Objects.requireNonNull(file)));
        } catch (ConfigRefused refused) {
            refused.errors().forEach(error -> err.println("postwarden " + command + ": " + file + ": " + error));
            return Optional.empty();
        }
    }
}
