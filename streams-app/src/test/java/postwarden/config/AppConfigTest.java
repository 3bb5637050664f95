package postwarden.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppConfigTest {
    private static final String KAFKA = """
            kafka { "bootstrap.servers" = "broker:9092", "schema.registry.url" = "http://registry:8081" }
            """;

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void nothing_but_addresses_gives_the_defaults() throws Exception {
        AppConfig loaded = load(KAFKA);

        assertThat(Effective.lines(loaded)).isEqualTo(Effective.lines(AppConfig.defaults(loaded.kafka())));
        assertThat(loaded.kafka())
                .isEqualTo(Map.of("bootstrap.servers", "broker:9092", "schema.registry.url", "http://registry:8081"));
    }

    @Test
    void every_key_that_is_printed_can_be_written_down_again() throws Exception {
        // Given
        AppConfig loaded = load(KAFKA);
        String printed = String.join("\n", Effective.lines(loaded));

        // When
        AppConfig again = load(printed);

        // Then
        assertThat(Effective.lines(again)).isEqualTo(Effective.lines(loaded)).hasSizeGreaterThan(50);
        assertThat(again.settings().configDigest()).isEqualTo(loaded.settings().configDigest());
    }

    @Test
    void everything_that_is_wrong_is_told_at_once() {
        assertThat(errors("""
                wach { hold = 1 min }
                watch { holt = 1 min, repeat = 5 h }
                intake.lateness = soon
                service { threads = 0 }
                desk = 3
                detectors.connection-flood.persistence.nedeed = 1
                """))
                .satisfiesExactlyInAnyOrder(
                        error -> assertThat(error).startsWith("unknown key wach; known are api, correlator, desk"),
                        error -> assertThat(error).startsWith("unknown key watch.holt; known are crowd"),
                        error -> assertThat(error).contains("watch.repeat must be from 10 s to 1 h, not "),
                        error -> assertThat(error).contains("intake.lateness"),
                        error -> assertThat(error).contains("threads must be 1 to 64, not 0"),
                        error -> assertThat(error).contains("desk must hold keys"),
                        error -> assertThat(error)
                                .startsWith("unknown key detectors.connection-flood.persistence.nedeed"),
                        error -> assertThat(error).isEqualTo("kafka.bootstrap.servers is missing"),
                        error -> assertThat(error).isEqualTo("kafka.schema.registry.url is missing"));
    }

    @Test
    void an_api_that_others_can_reach_needs_encryption_and_callers_who_say_who_they_are() throws Exception {
        assertThat(errors(KAFKA + "api.host = 0.0.0.0"))
                .singleElement()
                .asString()
                .contains("tls", "access.file");
        assertThat(errors(KAFKA + "api { host = 192.0.2.1, access.file = /etc/list }"))
                .singleElement()
                .asString()
                .contains("tls must be given");
        assertThat(errors(KAFKA + "api { host = \"::\", tls { certificate = a, key = b } }"))
                .singleElement()
                .asString()
                .contains("access.file or access.oidc must be given");
        load(KAFKA + "api { host = 0.0.0.0, tls { certificate = a, key = b }, access.file = /etc/list }");
        load(KAFKA + "api { enabled = false, host = 0.0.0.0 }");
        assertThat(errors(KAFKA + "api.peers { advertise = \"a:1\", list = [\"b:1\"] }"))
                .singleElement()
                .asString()
                .contains("peers.secret-file or tls.client-ca");
        assertThat(errors(KAFKA + "api.peers { advertise = \"a:1\", list = [\"b@c:1/\"], secret-file = s }"))
                .singleElement()
                .asString()
                .contains("must have host:port");
    }

    @Test
    void what_strangers_on_this_machine_may_do_is_said_and_never_beside_an_access_list() throws Exception {
        load(KAFKA + "api.access.local-role = operator");
        load(KAFKA + "api.access { local-role = reader, file = /etc/list }");
        for (String wrong : List.of("peer", "root", "''", "Operator")) {
            assertThat(errors(KAFKA + "api.access.local-role = " + wrong.replace('\'', '"')))
                    .singleElement()
                    .asString()
                    .contains("access.local-role must be reader, operator or admin");
        }
        assertThat(errors(KAFKA + "api.access { local-role = operator, file = /etc/list }"))
                .singleElement()
                .asString()
                .contains("local-role is operator", "access.file or access.oidc");
    }

    @ParameterizedTest
    @CsvSource({
        "intake.lateness, 0 s, 10 m, -1 s, 601 s",
        "intake.leap, 1 m, 1 d, 59 s, 25 h",
        "intake.patience, 10 s, 1 h, 9 s, 61 m",
        "intake.seasoned, 1 h, 30 d, 59 m, 31 d",
        "intake.remember, 1 d, 400 d, 23 h, 401 d",
        "watch.hold, 10 s, 1 d, 9 s, 25 h",
        "watch.repeat, 10 s, 1 h, 9 s, 61 m",
        "watch.leave-behind, 10 s, none, 9 s, 25 h",
        "watch.front, 0.01, 0.5, 0, 0.51",
        "watch.crowd.max-keys, 1000, 100000000, 999, 100000001",
        "watch.crowd.admit-after, 1, 200, 0, 201",
        "watch.crowd.forget-after, 2 h, 365 d, 1 h, 366 d",
        "watch.crowd.forget-accounts-after, 2 h, 365 d, 1 h, 366 d",
        "stream.journal-commits, 1, 1000, 0, 1001",
        "stream.busy-commits, 0, 1000, -1, 1001",
        "stream.journal-mib, 1, 1024, 0, 1025",
        "stream.query.scan, 100 ms, 60 s, 99 ms, 61 s",
        "stream.query.retry-after, 1 s, 60 s, 999 ms, 61 s",
        "stream.query.copy-age, 0 s, 60 s, -1 s, 61 s",
        "stream.query.attempts, 1, 100, 0, 101",
        "stream.query.samples, 0, 100, -1, 101",
        "stream.query.points, 1, 10000, 0, 10001",
        "stream.partitions, 1, 1000, 0, 1001",
        "stream.heap-mib, 1, 4096, 0, 4097",
        "api.port, 0, 65535, -1, 65536",
        "api.limits.header-kib, 4, 64, 3, 65",
        "api.limits.body-kib, 1, 1024, 0, 1025",
        "api.limits.key-bytes, 64, 4096, 63, 4097",
        "api.limits.request-timeout, 1 s, 60 s, 999 ms, 61 s",
        "api.limits.idle-timeout, 5 s, 5 m, 4 s, 301 s",
        "api.limits.connections, 16, 10000, 15, 10001",
        "api.limits.requests, 1, 256, 0, 257",
        "api.limits.scans, 1, 64, 0, 65",
        "api.limits.peer-requests, 1, 256, 0, 257",
        "api.limits.requests-per-second, 1, 100000, 0, 100001",
        "api.limits.failures-per-minute, 1, 10000, 0, 10001",
        "api.limits.time-range, 1 d, 3660 d, 23 h, 3661 d",
        "api.limits.feedback-keep, 1 d, 366 d, 23 h, 8785 h",
        "api.live.streams, 1, 1000, 0, 1001",
        "api.live.queue, 16, 10000, 15, 10001",
        "api.live.heartbeat, 1 s, 60 s, 999 ms, 61 s",
        "api.live.resume, 0, 1000000, -1, 1000001",
        "api.access.recheck, 1 s, 60 s, 999 ms, 61 s",
        "api.access.oidc.skew, 0 s, 5 m, -1 s, 301 s",
        "api.access.oidc.refresh, 1 m, 1 d, 59 s, 25 h",
        "api.access.oidc.timeout, 100 ms, 30 s, 99 ms, 31 s",
        "api.peers.connect-timeout, 50 ms, 10 s, 49 ms, 11 s",
        "api.peers.timeout, 100 ms, 60 s, 99 ms, 61 s",
        "api.peers.answer-mib, 1, 256, 0, 257",
        "service.threads, 1, 64, 0, 65",
        "service.commit-interval, 10 ms, 60 s, 9 ms, 61 s",
        "service.replication-factor, 3, 10, 2, 11",
        "service.standby-replicas, 0, 5, -1, 6",
        "service.group-protocol, auto, streams, consumer, ''",
        "service.stores.memory-mib, 128, 65536, 15, 65537",
        "service.stores.write-buffer-mib, 4, 128, 3, 129",
        "service.stores.bloom-bits, 4, 20, 3, 21",
        "service.stores.block-kib, 4, 64, 3, 65",
        "service.stores.background-threads, 1, 16, 0, 17",
        "service.application-id, a, A-z_0.9, '', 'a b'",
        "correlator.queue-age, 1 m, 60 d, 59 s, 61 d",
        "correlator.queue-entries, 1000, 100000000, 999, 100000001",
        "correlator.session-age, 1 m, 7 d, 59 s, 8 d",
        "correlator.traces, 1000, 100000000, 999, 100000001",
        "correlator.attempt-window, 1 s, 10 m, 999 ms, 601 s",
        "correlator.submission-window, 0 s, 1 m, -1 s, 61 s",
        "correlator.copy-window, 0 s, 1 m, -1 s, 61 s",
        "correlator.trouble-age, 1 s, 1 d, 999 ms, 25 h",
        "desk.update-every, 10 s, 1 d, 9 s, 25 h",
        "desk.reopen-within, 0 s, 1 h, -1 s, 61 m",
        "desk.shelter-for, 0 s, 1 d, -1 s, 25 h",
        "desk.remember-for, 24 h, 30 d, 23 h, 31 d",
        "desk.opens-per-pane, 1, 10000, 0, 10001",
        "desk.max-remembered, 100, 1000000, 99, 1000001",
        "desk.max-children, 1, 100, 0, 101",
        "desk.max-moments, 4, 100, 3, 101",
    })
    void a_number_at_its_bounds_is_taken_and_one_beyond_is_refused(
            String key, String least, String most, String tooLittle, String tooMuch) throws Exception {
        load(KAFKA + key + " = \"" + least + "\"");
        load(KAFKA + key + " = \"" + most + "\"");
        String name = key.substring(key.indexOf('.') + 1);
        assertThat(errors(KAFKA + key + " = \"" + tooLittle + "\"")).hasSize(1).allMatch(told -> names(told, name));
        assertThat(errors(KAFKA + key + " = \"" + tooMuch + "\"")).hasSize(1).allMatch(told -> names(told, name));
    }

    @ParameterizedTest
    @CsvSource({
        "sources-per-account, 1.4, 1.5 to 7", "sources-per-account, 7.1, 1.5 to 7",
        "guessing-tries, 0.9, 1 to 100", "guessing-tries, 101, 1 to 100"
    })
    void a_threshold_beyond_its_bounds_is_refused_by_the_name_of_its_detector(String key, String value, String bounds) {
        assertThat(errors(KAFKA + "detectors.password-spray." + key + " = " + value))
                .containsExactly("detectors.password-spray: " + key + " must be from " + bounds + ", not " + value);
    }

    @Test
    void fewer_than_three_replicas_are_for_development_only() throws Exception {
        assertThat(load(KAFKA + "service { replication-factor = 1, dev = true }")
                        .service()
                        .replicationFactor())
                .isEqualTo(1);
    }

    @Test
    void a_scan_waits_for_everybody_unless_it_is_told_otherwise() throws Exception {
        assertThat(AppConfig.scanSettings().watch().leaveBehind()).isEmpty();
        assertThat(load(KAFKA).settings().watch().leaveBehind()).contains(Duration.ofSeconds(60));
        assertThat(load(KAFKA + "watch.leave-behind = none").settings().watch().leaveBehind())
                .isEmpty();
    }

    @Test
    void the_digest_names_what_can_change_a_verdict_and_nothing_else() throws Exception {
        String standard = load(KAFKA).settings().configDigest();

        assertThat(load(KAFKA + "service.threads = 4\nstream.heap-mib = 20")
                        .settings()
                        .configDigest())
                .isEqualTo(standard);
        assertThat(load(KAFKA + "detectors.connection-flood.connects-per-minute = 61")
                        .settings()
                        .configDigest())
                .isNotEqualTo(standard);
        assertThat(load(KAFKA + "desk.scope-measures = [a, b, c, d]").settings().configDigest())
                .isEqualTo(load(KAFKA + "desk.scope-measures = [d, c, b, a]")
                        .settings()
                        .configDigest())
                .isNotEqualTo(standard);
    }

    @Test
    void an_operators_replies_are_checked_with_everything_else_and_can_change_a_verdict() throws Exception {
        // Given
        Path good = Files.writeString(folder.resolve("good.conf"), "SPAM any owl\n");
        Path bad = Files.writeString(folder.resolve("bad.conf"), "SPAMM any owl\n\nSPAM any\n");

        // When
        List<String> errors = errors(KAFKA + "service.threads = 0\nparse.replies = \"" + bad + '"');

        // Then
        assertThat(errors).hasSize(3);
        assertThat(errors.get(0)).startsWith("parse.replies: " + bad + ": line 1: unknown reason");
        assertThat(errors.get(1)).startsWith("parse.replies: " + bad + ": line 3: ");
        assertThat(errors(KAFKA + "parse.replies = /no/such/file"))
                .containsExactly("parse.replies: /no/such/file: there is no such file");
        assertThat(load(KAFKA + "parse.replies = \"" + good + '"').settings().configDigest())
                .isNotEqualTo(load(KAFKA).settings().configDigest());
        assertThat(AppConfig.scanSettings(null, good).configDigest())
                .isNotEqualTo(AppConfig.scanSettings().configDigest());
    }

    @Test
    void a_file_that_is_not_there_or_is_no_hocon_is_one_error() {
        assertThatExceptionOfType(ConfigRefused.class)
                .isThrownBy(() -> AppConfig.load(Path.of("/no/such/file.conf")))
                .withMessage("/no/such/file.conf: there is no such file");
        assertThat(errors("service {")).hasSize(1);
    }

    private AppConfig load(String text) throws ConfigRefused, IOException {
        return AppConfig.load(Files.writeString(folder.resolve("postwarden.conf"), text));
    }

    private List<String> errors(String text) {
        try {
            load(text);
            return List.of();
        } catch (ConfigRefused refused) {
            return refused.errors();
        } catch (IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
    }

    /** As written in the file or as the record's component is named. */
    private static boolean names(String error, String key) {
        return error.toLowerCase(java.util.Locale.ROOT).replace("-", "").contains(key.replace("-", ""));
    }
}
