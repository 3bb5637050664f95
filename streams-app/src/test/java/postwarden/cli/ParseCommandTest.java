package postwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ParseCommandTest {
    private static final String CONNECT = "2026-11-21T08:16:24.230237+00:00 mx1 postfix/smtpd[233]: connect from"
            + " mail.birch-foods.example[198.51.100.2]\n";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void a_line_is_one_object_with_its_header_kind_and_fields() {
        // When
        int status = run(CONNECT);

        // Then
        assertThat(status).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("{\"line\":1,\"time\":\"2026-11-21T08:16:24.230Z\",\"host\":\"mx1\","
                        + "\"program\":\"postfix/smtpd\",\"pid\":233,\"daemon\":\"postfix\",\"event\":\"connect\","
                        + "\"clientIp\":\"198.51.100.2\",\"clientHostname\":\"mail.birch-foods.example\","
                        + "\"service\":\"smtp\"}\n");
    }

    @Test
    void numbers_lists_and_statuses_have_their_types() throws IOException {
        // When
        run("Nov 21 08:16:24 mx1 postfix/smtp[243]: F390A1344: to=<a@b.example>, relay=m.b.example[198.51.100.41]:25,"
                + " delay=0.39, delays=0/0.13/0.12/0.13, dsn=2.0.0, status=sent (250 2.0.0 Ok)\n");

        // Then
        JsonNode event = objects().get(0);
        assertThat(event.get("relayPort").intValue()).isEqualTo(25);
        assertThat(event.get("delays").toString()).isEqualTo("[0,0.13,0.12,0.13]");
        assertThat(event.get("status").textValue()).isEqualTo("sent");
    }

    @Test
    void the_first_lines_of_a_file_may_say_what_the_others_are() throws IOException {
        // When
        run(String.join(
                "\r\n",
                "#Software: Microsoft Exchange Server",
                "#Log-type: SMTP Receive Protocol Log",
                "#Date: 2026-11-21T08:16:24.000Z",
                "2026-11-21T08:16:25.123Z,Relay,08DE28A1B2C3D4E5,0,10.0.0.25:2626,203.0.113.7:50001,+,,",
                ""));

        // Then
        assertThat(objects())
                .extracting(event -> event.get("event").textValue())
                .containsExactly("other", "other", "other", "connect");
        assertThat(objects().get(0).get("time").textValue()).isEqualTo("2026-11-21T08:16:24.000Z");
        assertThat(objects().get(3).get("program").textValue()).isEqualTo("exchange/smtp-receive");
    }

    @Test
    void every_line_is_answered_in_order_whatever_it_is() throws IOException {
        // When
        int status = run(CONNECT + "\n" + "no header at all\n"
                + "Nov 21 08:16:24 mx1 postfix/smtpd[1]: news \u2028 here\n" + "Nov 21 08:16:24 mx1 cron[1]: job");

        // Then
        assertThat(status).isZero();
        assertThat(objects())
                .extracting(event -> event.get("event").textValue())
                .containsExactly("connect", "unparsed", "unparsed", "unrecognised", "unrecognised");
        assertThat(objects()).extracting(event -> event.get("line").intValue()).containsExactly(1, 2, 3, 4, 5);
        assertThat(objects().get(3).get("text").textValue()).isEqualTo("news \u2028 here");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("5 lines").contains("postfix/smtpd: news");
    }

    @Test
    void what_no_rule_knows_is_printed_by_template_instead_of_the_events() throws IOException {
        // Given
        String lines = CONNECT + CONNECT.replace("connect from", "news from") + CONNECT.replace("connect", "news")
                + "no header\n";

        // When
        int status = run(lines, "--unrecognised", "--json");

        // Then
        assertThat(status).isZero();
        assertThat(objects()).extracting(row -> row.get("count").intValue()).containsExactly(2, 1);
        assertThat(objects())
                .extracting(row -> row.get("template").textValue())
                .containsExactly("news from *[*]", "no time stamp at the start of the line");
        assertThat(objects().get(0).get("daemon").textValue()).isEqualTo("postfix");
        assertThat(objects().get(0).get("id").textValue()).hasSize(16);
    }

    @Test
    void templates_are_for_people_unless_json_is_asked_for() {
        // When
        run(CONNECT.replace("connect", "news"), "--unrecognised");

        // Then
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith(
                        "       1  2026-11-21T08:16:24.230Z to 2026-11-21T08:16:24.230Z  postfix/smtpd: news from *[*]");
    }

    @Test
    void a_given_password_is_a_keyed_hash_only_where_a_key_is_given(@TempDir Path folder) throws IOException {
        // Given
        String line = "Nov 21 08:16:24 mx1 other[1]: auth: unknown user (given password: Winter2026)\n";
        Path key = Files.writeString(folder.resolve("key"), "a key of this test only");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("r--------"));

        // When
        run(line, "--redaction-key", key.toString());
        run(line);

        // Then
        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("Winter2026");
        assertThat(objects().get(0).get("text").textValue())
                .matches(".*\\(keyed hash of given password: [0-9a-f]{12}\\)");
        assertThat(objects().get(1).get("text").textValue()).endsWith("(given password: ***)");
    }

    @Test
    void a_key_that_others_may_read_is_one_clear_error(@TempDir Path folder) throws IOException {
        // Given
        Path key = Files.writeString(folder.resolve("key"), "a key of this test only");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("r--r--r--"));

        // When
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        int status = Main.commandLine(new PrintStream(out), errors, Clock.systemUTC())
                .execute("parse", "--redaction-key", key.toString());

        // Then
        assertThat(status).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .contains("--redaction-key " + key + ": open to others");
    }

    @Test
    void a_line_of_a_megabyte_is_one_object() throws IOException {
        // When
        run("Nov 21 08:16:24 mx1 postfix/smtpd[1]: " + "x".repeat(1 << 20) + "\n" + CONNECT);

        // Then
        assertThat(objects())
                .extracting(event -> event.get("event").textValue())
                .containsExactly("unrecognised", "connect");
    }

    @Test
    void a_stamp_without_year_and_zone_takes_them_from_the_options() throws IOException {
        // When
        run(
                "Dec 31 23:59:59 mx1 postfix/smtpd[1]: connect from a.example[192.0.2.1]\n",
                "--now",
                "2026-01-01T12:00:00Z",
                "--zone",
                "America/New_York");

        // Then
        assertThat(objects().get(0).get("time").textValue()).isEqualTo("2026-01-01T04:59:59.000Z");
    }

    @Test
    void a_packed_file_is_read_like_a_plain_one(@TempDir Path folder) throws IOException {
        // Given
        Path file = folder.resolve("mail.log.1.gz");
        try (GZIPOutputStream packed = new GZIPOutputStream(Files.newOutputStream(file))) {
            packed.write(CONNECT.getBytes(StandardCharsets.UTF_8));
        }

        // When
        int status = run("", file.toString());

        // Then
        assertThat(status).isZero();
        assertThat(objects().get(0).get("event").textValue()).isEqualTo("connect");
    }

    @Test
    void a_file_that_is_not_there_is_one_clear_error(@TempDir Path folder) {
        // When
        int status = run("", folder.resolve("nothing.log").toString());

        // Then
        assertThat(status).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .endsWith("nothing.log: no such file");
    }

    @Test
    void replies_of_the_operators_own_come_first_and_are_checked(@TempDir Path folder) throws IOException {
        // Given
        String refused =
                "Nov 21 08:16:24 mx1 postfix/smtp[243]: F390A1344: host m.b.example[198.51.100.41] refused to talk"
                        + " to me: 421 the owl is asleep\n";
        Path good = Files.writeString(folder.resolve("good"), "GREYLISTED 4xx owl\n");
        Path bad = Files.writeString(folder.resolve("bad"), "GREYLISTED 4xx owl\nOWL 4xx asleep\nSPAM 4xx\n");

        // When
        int taken = run(refused, "--replies", good.toString());
        String said = objects().get(0).get("reason").textValue();
        int notTaken = run(refused, "--replies", bad.toString());

        // Then
        assertThat(taken).isZero();
        assertThat(said).isEqualTo("GREYLISTED");
        assertThat(notTaken).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("postwarden parse: " + bad + ": line 2: unknown reason 'OWL'")
                .contains("postwarden parse: " + bad + ": line 3: the phrase is empty");
    }

    private int run(String input, String... arguments) {
        Clock clock = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
        ByteArrayInputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        return new CommandLine(new ParseCommand(in, out, errors, clock)).execute(arguments);
    }

    private List<JsonNode> objects() throws IOException {
        return new ObjectMapper()
                .readerFor(JsonNode.class)
                .<JsonNode>readValues(out.toByteArray())
                .readAll();
    }
}
