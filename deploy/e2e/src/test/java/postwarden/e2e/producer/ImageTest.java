package postwarden.e2e.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.e2e.Child;

/** The cut-down Java of {@code deploy/producer-image}: the agent must find in it all that it takes to send. */
@Tag("faults")
@Timeout(300)
class ImageTest {
    private static final Path SCRIPT = Path.of("..", "producer-image");
    private static final Pattern MODULES = Pattern.compile("^modules\\+?=,?(.*)$", Pattern.MULTILINE);
    /** Gives way to another Java than the one that the rest of the command names. */
    private static final String INSTEAD =
            "while [ \"${1##*/}\" != java ]; do shift; done; shift; exec \"$0\" -Dpostwarden.image=yes \"$@\"";

    private static final int LINES = 5_000;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void it_sends_over_mutual_tls_with_each_compression_that_kafka_has_and_by_password_reloads_and_stops()
            throws IOException, GeneralSecurityException, ExecutionException, InterruptedException {
        // Given
        Path java = runtime().resolve("bin/java");
        WrittenLog log = new WrittenLog(folder.resolve("log/mail.log"), new Random(1));
        log.append(1);
        try (SecureCluster cluster = SecureCluster.start(folder);
                Arrivals arrivals = Arrivals.of(cluster.cluster())) {
            ProducerProcess.Settings settings = ProducerProcess.Settings.of(
                    folder, log.path(), cluster.as(cluster.authority().client(SecureCluster.HOST)));
            for (String compression : List.of("lz4", "zstd", "gzip", "snappy", "none")) {
                send(settings.with("kafka.compression.type = " + compression), java, log, arrivals);
            }
            cluster.password(SecureCluster.HOST, "a secret");
            Path secret =
                    Files.writeString(folder.resolve("jaas"), SecureCluster.login(SecureCluster.HOST, "a secret"));
            Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("r--------"));
            send(
                    ProducerProcess.Settings.of(folder, log.path(), cluster.byPassword())
                            .with("secrets { sasl.jaas.config = \"" + secret + "\" }"),
                    java,
                    log,
                    arrivals);
            Oracle.over(log.contents(), arrivals.records()).assertHolds("ImageTest", log.lines(), 0);
        }
    }

    private static void send(ProducerProcess.Settings settings, Path java, WrittenLog log, Arrivals arrivals)
            throws IOException, ExecutionException, InterruptedException {
        // When
        Child.Ended ended;
        try (ProducerProcess agent = ProducerProcess.start(settings, List.of("sh", "-c", INSTEAD, java.toString()))) {
            log.append(LINES);
            arrivals.await(log);
            agent.hangUp();
            log.append(LINES);
            arrivals.await(log);
            ended = agent.stop();
        }

        // Then
        assertThat(ended.status()).as(settings.more() + ended.err()).isZero();
        assertThat(ended.err() + ended.out())
                .as(settings.more())
                .doesNotContain("ClassNotFound", "NoClassDefFound", "NoSuchAlgorithm", "UnsatisfiedLink");
    }

    /** With the modules that the script names, as it links them. */
    private Path runtime() throws IOException, InterruptedException {
        String modules = MODULES.matcher(Files.readString(SCRIPT))
                .results()
                .map(line -> line.group(1))
                .collect(Collectors.joining(","));
        Path runtime = folder.resolve("runtime");
        Path jlink = Path.of(System.getProperty("java.home"), "bin", "jlink");
        Process linking = new ProcessBuilder(
                        jlink.toString(),
                        "--add-modules",
                        modules,
                        "--include-locales=en",
                        "--strip-debug",
                        "--output",
                        runtime.toString())
                .inheritIO()
                .start();
        assertThat(linking.waitFor()).isZero();
        return runtime;
    }
}
