package postwarden.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import postwarden.config.AppConfig;
import postwarden.config.ConfigRefused;
import postwarden.config.Effective;

/** {@code postwarden config}: every key and the value in force. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = {
            "Prints every configuration key with the value in force: the defaults, or those of a file, which is checked.",
            "Exit status: 0, or 2 when the file cannot be used."
        })
final class ConfigCommand implements Callable<Integer> {
    private static final int UNUSABLE = 2;

    private final PrintStream out;
    private final PrintStream err;

    @Option(names = "--config", paramLabel = "FILE", description = "configuration (HOCON)")
    private @Nullable Path config;

    ConfigCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        try {
            AppConfig shown = config == null ? AppConfig.defaults(Map.of()) : AppConfig.load(config);
            Effective.lines(shown).forEach(out::println);
            return 0;
        } catch (ConfigRefused refused) {
            refused.errors().forEach(error -> err.println("postwarden config: " + config + ": " + error));
            return UNUSABLE;
        }
    }
}
