package postwarden.parse;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.Jazzer;
import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.fasterxml.jackson.core.JsonFactory;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postwarden.producer.syslog.HeaderParser;

/**
 * Coverage-guided fuzzing, begun from the corpus: a second a target, or as many as {@code postwarden.fuzz.seconds} says. Each
 * target has a process of its own, because the fuzzer ends the process that it runs in.
 */
class FuzzTest {
    private static final String SECONDS = System.getProperty("postwarden.fuzz.seconds", "1");
    /** Printed by the fuzzer with its findings; another may be given to look further. */
    private static final String SEED = System.getProperty("postwarden.fuzz.seed", "20261121");
    /** Room for a start on a busy machine. */
    private static final long GRACE_SECONDS = 120;

    /** Lines to begin from: enough to meet every daemon, few enough to be read in the second. */
    private static final int SEEDS = 100;

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(
            classes = {
                FuzzTargets.Line.class,
                FuzzTargets.Message.class,
                FuzzTargets.Reply.class,
                FuzzTargets.Password.class
            })
    void nothing_that_the_fuzzer_finds_breaks_what_must_hold(Class<?> target) throws Exception {
        // Given
        Path output = folder.resolve("output");
        Process fuzzer = new ProcessBuilder(command(target, seeds(target)))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();

        // When
        boolean ended = fuzzer.waitFor(Long.parseLong(SECONDS) + GRACE_SECONDS, TimeUnit.SECONDS);
        fuzzer.destroyForcibly();

        // Then
        String said = Files.readString(output, StandardCharsets.ISO_8859_1);
        assertThat(ended).as(said).isTrue();
        assertThat(fuzzer.exitValue()).as("seed %s: %s", SEED, said).isZero();
        assertThat(said).contains("Done ");
    }

    private List<String> command(Class<?> target, Path seeds) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // It lives for seconds: neither the second compiler nor a parallel collector pays.
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.getName(),
                "--instrumentation_includes=postwarden.**",
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder + "/",
                "-max_total_time=" + SECONDS,
                "-seed=" + SEED,
                seeds.toString());
    }

    /** What the targets need and no more: the fuzzer looks at every class that it could see, before it begins. */
    private static String classPath() {
        return Stream.of(
                        FuzzTargets.class,
                        LineParser.class,
                        HeaderParser.class,
                        JsonFactory.class,
                        Jazzer.class,
                        FuzzedDataProvider.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .map(place -> Path.of(URI.create(place.toString())).toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private Path seeds(Class<?> target) throws IOException {
        Path seeds = Files.createDirectory(folder.resolve("seeds"));
        List<Corpus.Entry> entries = Corpus.entries().toList();
        for (int index = 0; index < entries.size(); index += 1 + entries.size() / SEEDS) {
            Corpus.Entry entry = entries.get(index);
            boolean whole = target == FuzzTargets.Line.class
                    || target == FuzzTargets.Password.class
                    || entry.event().isEmpty();
            String seed = whole ? entry.line() : index % 7 + entry.record().message();
            Files.writeString(seeds.resolve(Integer.toString(index)), seed);
        }
        return seeds;
    }
}
