package postwarden.producer.command;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import postwarden.producer.AgentConfig;
import postwarden.producer.config.ConfigFile;
import postwarden.producer.config.ConfigProblems;

/** The options that every command has: which configuration. */
final class ConfigOptions {
    /** Exit code of a configuration that cannot be used, or of a cluster. */
    static final int UNUSABLE = 2;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The configuration file (HOCON).")
    private Path file = Path.of("");

    @Option(
            names = "--dev",
            description = "Accept a cluster that could lose acknowledged lines; for a laptop, never for a fleet.")
    private boolean dev;

    Path file() {
        return file;
    }

    /**
     * Reads the file.
     *
     * @throws ConfigProblems with everything that is wrong
     */
    AgentConfig read(boolean once) {
        return ConfigFile.read(file, hostName(), once, dev);
    }

    /** Reads the file; where that cannot be used, says all that is wrong with it. */
    Optional<AgentConfig> readOrComplain(boolean once, PrintStream err) {
        try {
            return Optional.of(read(once));
        } catch (ConfigProblems e) {
            err.println(file + " cannot be used:");
            String.valueOf(e.getMessage()).lines().forEach(line -> err.println("  " + line));
            return Optional.empty();
        }
    }

    /** Where a service may not see the kernel's settings, the file that they are made of at boot. */
    private static String hostName() {
        return named(Path.of("/proc/sys/kernel/hostname"))
                .or(() -> named(Path.of("/etc/hostname")))
                .orElseGet(ConfigOptions::lookedUpName);
    }

    private static Optional<String> named(Path file) {
        try {
            return Optional.of(Files.readString(file).strip()).filter(name -> !name.isEmpty());
        } catch (IOException unseen) {
            return Optional.empty();
        }
    }

    private static String lookedUpName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
