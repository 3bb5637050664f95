package postwarden.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postwarden.tally.Systems;

/** An operator's file of autonomous systems: what it says, and what is refused. */
class AsnFileTest {
    @TempDir
    private Path folder = Path.of(".");

    @Test
    void addresses_are_in_the_systems_that_the_file_names_and_else_in_their_wide_prefix() throws Exception {
        // Given
        Path file = write(new AsnFileMaker()
                .add("198.51.100.0", 24, Map.of("autonomous_system_number", 64500L))
                .add("2001:db8::", 32, Map.of("asn", "AS64501"))
                .add("192.0.2.0", 24, Map.of("autonomous_system_organization", "Nobody"))
                .made());

        // When
        Systems systems = AsnFile.load(file.toString()).systems();

        // Then
        assertThat(systems.of("198.51.100.77")).isEqualTo("AS64500");
        assertThat(systems.of("198.51.100.77")).isEqualTo("AS64500");
        assertThat(systems.of("2001:db8:7::1")).isEqualTo("AS64501");
        assertThat(systems.of("203.0.113.5")).isEqualTo("203.0");
        assertThat(systems.of("192.0.2.5")).isEqualTo("192.0");
        assertThat(systems.of("2001:dead::1")).isEqualTo("2001:dead::/32");
        assertThat(systems.of("300.1.2.3")).isEqualTo(Systems.PREFIXES.of("300.1.2.3"));
    }

    @Test
    void a_file_that_is_missing_damaged_or_about_something_else_is_refused_by_name() throws Exception {
        // Given
        byte[] sound = new AsnFileMaker()
                .add("198.51.100.0", 24, Map.of("autonomous_system_number", 64500L))
                .made();
        Path countries = write(new AsnFileMaker()
                .add("198.51.100.0", 24, Map.of("country", "nowhere"))
                .made());
        Path noise =
                Files.write(folder.resolve("noise"), "no database".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        byte[] pointsNowhere = sound.clone();
        Arrays.fill(pointsNowhere, 0, 60, (byte) 0x7F);
        Path damaged = Files.write(folder.resolve("damaged"), pointsNowhere);

        // When / Then
        refused(folder.resolve("none"), "there is no such file");
        refused(folder, "it is a directory");
        refused(countries, "has no autonomous systems");
        refused(noise, "it is no sound MaxMind DB file");
        refused(damaged, "it is no sound MaxMind DB file");
    }

    @Test
    void the_file_in_force_stands_in_the_digest_and_a_wrong_one_among_all_errors() throws Exception {
        // Given
        Path file = write(new AsnFileMaker()
                .add("198.51.100.0", 24, Map.of("autonomous_system_number", 64500L))
                .made());
        Path good = config("networks.asn-database = \"" + file + '"');
        Path bad = config("networks.asn-database = \"/no/such.mmdb\"\ndesk.update-every = 0 s");

        // When / Then
        assertThat(AppConfig.scanSettings(good).systems().of("198.51.100.1")).isEqualTo("AS64500");
        assertThat(AppConfig.scanSettings(good).configDigest())
                .isNotEqualTo(AppConfig.scanSettings().configDigest());
        assertThatExceptionOfType(ConfigRefused.class)
                .isThrownBy(() -> AppConfig.scanSettings(bad))
                .satisfies(refused -> assertThat(refused.errors())
                        .hasSize(2)
                        .anyMatch(
                                error -> error.equals("networks.asn-database: /no/such.mmdb: there is no such file")));
    }

    private void refused(Path file, String why) {
        assertThatExceptionOfType(ConfigRefused.class)
                .isThrownBy(() -> AsnFile.load(file.toString()))
                .satisfies(refused -> assertThat(refused.errors()).hasSize(1).allMatch(error -> error.contains(why)));
    }

    private Path config(String text) throws Exception {
        return Files.writeString(Files.createTempFile(folder, "postwarden", ".conf"), text);
    }

    private Path write(byte[] database) throws Exception {
        return Files.write(Files.createTempFile(folder, "asn", ".mmdb"), database);
    }
}
