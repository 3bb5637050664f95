package postwarden.producer.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made of the kernel's texts, recorded on Linux 6 and cut. */
class ProcProbesTest {
    private static final long TEN_SECONDS = 10 * Host.SECOND;

    @TempDir
    private Path folder = Path.of("");

    private Host host = new Host(folder);

    @BeforeEach
    void aHost() {
        host = new Host(folder.resolve("proc"));
    }

    @Test
    void load_is_told_at_once_and_shares_of_the_cpu_from_the_second_look_on() throws IOException {
        // Given
        host.has("loadavg", "loadavg").has("stat", "stat.1");
        LoadProbe probe = new LoadProbe(host.proc());

        // When
        Reading first = probe.read(0).orElseThrow();
        host.has("stat", "stat.2");
        Reading second = probe.read(TEN_SECONDS).orElseThrow();

        // Then
        assertThat(first.intervalNanos()).isZero();
        assertThat(first.values())
                .containsOnly(
                        entry("load1Minute", 2.45),
                        entry("load5Minutes", 1.61),
                        entry("load15Minutes", 1.82),
                        entry("runnableTasks", 11.0),
                        entry("tasks", 259.0),
                        entry("cpus", 2.0));
        assertThat(second.intervalNanos()).isEqualTo(TEN_SECONDS);
        assertThat(second.values().get("cpuBusyShare")).isCloseTo(0.575, within(1e-9));
        assertThat(second.values().get("cpuStolenShare")).isCloseTo(0.025, within(1e-9));
    }

    @Test
    void memory_is_told_in_bytes_and_killed_processes_by_the_interval() throws IOException {
        // Given
        host.has("meminfo", "meminfo").has("vmstat", "vmstat.1");
        MemoryProbe probe = new MemoryProbe(host.proc());

        // When
        Reading first = probe.read(0).orElseThrow();
        host.has("vmstat", "vmstat.2");
        Reading second = probe.read(TEN_SECONDS).orElseThrow();

        // Then
        assertThat(first.values())
                .containsEntry("totalBytes", 24684084.0 * 1024)
                .containsEntry("availableBytes", 22579788.0 * 1024)
                .doesNotContainKey("killedProcesses");
        assertThat(second.values())
                .containsEntry("killedProcesses", 1.0)
                .containsEntry("swapInPagesPerSecond", 2.0)
                .containsEntry("swapOutPagesPerSecond", 100.0);
    }

    @Test
    void pressure_is_the_share_of_our_own_interval() throws IOException {
        // Given
        for (String resource : new String[] {"cpu", "memory", "io"}) {
            host.says(
                    "pressure/" + resource,
                    "some avg10=9.00 avg60=9.00 avg300=9.00 total=5000000\nfull avg10=0.00 total=7\n");
        }
        PressureProbe probe = new PressureProbe(host.proc());
        Optional<Reading> first = probe.read(0);

        // When
        host.says(
                "pressure/io", "some avg10=9.00 avg60=9.00 avg300=9.00 total=7500000\nfull avg10=0.00 total=1000007\n");
        Reading second = probe.read(TEN_SECONDS).orElseThrow();

        // Then
        assertThat(first).isEmpty();
        assertThat(second.values())
                .containsEntry("ioSomeStalledShare", 0.25)
                .containsEntry("ioAllStalledShare", 0.1)
                .containsEntry("cpuSomeStalledShare", 0.0);
    }

    @Test
    void a_kernel_without_pressure_says_what_is_missing() {
        // Given
        PressureProbe probe = new PressureProbe(host.proc());

        // When
        assertThatThrownBy(() -> probe.read(0))
                // Then
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("pressure: no such folder (a kernel before 4.20, or one without psi=1)");
    }

    @Test
    void overflows_are_those_of_the_interval_and_of_tcp_only() throws IOException {
        // Given
        host.has("net/netstat", "netstat.1");
        ListenProbe probe = new ListenProbe(host.proc());
        Optional<Reading> first = probe.read(0);

        // When
        host.has("net/netstat", "netstat.2");
        Reading second = probe.read(TEN_SECONDS).orElseThrow();

        // Then
        assertThat(first).isEmpty();
        assertThat(second.flaw()).isEmpty();
        assertThat(second.values())
                .containsOnly(
                        entry("acceptQueueOverflows", 42.0),
                        entry("droppedConnections", 45.0),
                        entry("syncookiesSent", 0.0),
                        entry("synQueueDrops", 0.0));
    }

    @Test
    void a_counter_that_began_anew_is_left_out_and_said() throws IOException {
        // Given
        host.has("net/netstat", "netstat.1");
        ListenProbe probe = new ListenProbe(host.proc());
        assertThat(probe.read(0)).isEmpty();

        // When
        host.has("net/netstat", "netstat.restarted");
        Reading restarted = probe.read(TEN_SECONDS).orElseThrow();
        Reading after = probe.read(2 * TEN_SECONDS).orElseThrow();

        // Then
        assertThat(restarted.flaw()).isEqualTo("a counter of the kernel began anew");
        assertThat(restarted.values())
                .doesNotContainKeys("acceptQueueOverflows", "droppedConnections")
                .containsEntry("syncookiesSent", 1.0);
        assertThat(after.flaw()).isEmpty();
        assertThat(after.values()).containsEntry("acceptQueueOverflows", 0.0);
    }

    @Test
    void the_disk_is_the_one_that_the_spool_is_on() throws IOException {
        // Given
        Path spool = Files.createDirectories(folder.resolve("spool"));
        host.says("diskstats", ownDisk("diskstats.1", spool)).says("self/mountinfo", "");
        DiskProbe probe = new DiskProbe(host.proc(), spool);
        Reading first = probe.read(0).orElseThrow();

        // When
        host.says("diskstats", ownDisk("diskstats.2", spool));
        Reading second = probe.read(TEN_SECONDS).orElseThrow();

        // Then
        assertThat(first.about()).isEqualTo("sda1");
        assertThat(first.values()).containsOnlyKeys("sizeBytes", "availableBytes", "requestsInFlight");
        assertThat(second.values())
                .containsEntry("readAwaitMillis", 5.0)
                .containsEntry("writeAwaitMillis", 40.0)
                .containsEntry("flushAwaitMillis", 30.0)
                .containsEntry("readsPerSecond", 10.0)
                .containsEntry("writesPerSecond", 20.0)
                .containsEntry("busyShare", 0.25)
                .containsEntry("requestsInFlight", 7.0);
    }

    @Test
    void a_file_system_with_a_number_of_its_own_is_found_by_the_source_of_its_mount() throws IOException {
        // Given
        host.says("diskstats", "   1       3 memory 1 0 0 0 0 0 0 0 4 0 0 0 0 0 0 0 0\n")
                .says(
                        "self/mountinfo",
                        "35 1 0:30 / / rw,noatime shared:1 - tmpfs tmpfs rw\n36 35 0:31 / " + folder.toRealPath()
                                + " rw,noatime shared:2 - btrfs /dev/null rw\n");
        DiskProbe probe = new DiskProbe(host.proc(), folder);

        // When
        Reading reading = probe.read(0).orElseThrow();

        // Then
        assertThat(reading.flaw()).isEmpty();
        assertThat(reading.about()).isEqualTo("memory");
        assertThat(reading.values()).containsEntry("requestsInFlight", 4.0);
    }

    @Test
    void a_spool_on_no_device_tells_its_space_and_what_is_missing() throws IOException {
        // Given
        host.says("diskstats", "   7       0 loop0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n")
                .says("self/mountinfo", "36 35 0:31 / / rw,noatime - tmpfs tmpfs rw\nnonsense\n");
        DiskProbe probe = new DiskProbe(host.proc(), folder);

        // When
        Reading reading = probe.read(0).orElseThrow();

        // Then
        assertThat(reading.flaw()).startsWith("the file system of ").contains("is on no single device");
        assertThat(reading.values()).containsOnlyKeys("sizeBytes", "availableBytes");
    }

    @Test
    void a_text_that_is_no_load_is_refused() throws IOException {
        // Given
        host.says("loadavg", "\u0000\u0001 garbage");

        // When
        assertThatThrownBy(() -> new LoadProbe(host.proc()).read(0))
                // Then
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("loadavg is not as proc(5) has it");
    }

    /** The recorded sda1 under the numbers of the device that the folder is really on. */
    private static String ownDisk(String resource, Path spool) throws IOException {
        long number = ((Number) Files.getAttribute(spool, "unix:dev")).longValue();
        long major = (number >>> 8) & 0xfff;
        long minor = (number & 0xff) | ((number >>> 12) & 0xffffff00L);
        return Files.readString(Host.RESOURCES.resolve(resource))
                .replace("   8       1 sda1", "   " + major + "       " + minor + " sda1");
    }
}
