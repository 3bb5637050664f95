package postwarden.producer.redact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import postwarden.producer.file.LineSplitter;

/** Nothing of a password survives, whatever it is made of and wherever it stands. */
class AnyPasswordTest {
    /** Stands between all characters of a password and nowhere else: none may be left. */
    private static final String TRACE = "~";

    /** Lines in which the daemon writes the password as it came; $ stands for it. */
    private static final List<String> VERBATIM = List.of(
            "mx1 dovecot: auth: sql(anna,192.0.2.6,<Yx7>): Password mismatch (given password: $)",
            "mx1 dovecot: auth: sql(anna,192.0.2.6,<Yx7>): unknown user (given password: $) - trying the next passdb",
            "Nov 21 08:16:24 auth(anna,192.0.2.6,sasl:login)<Yx7>: Info: sql: Password mismatch (given password: $)",
            "mx1 dovecot: auth: Debug: sql(anna,192.0.2.6): PLAIN($) != '{PLAIN}$'",
            "mx1 dovecot: auth: Debug: sql(anna,192.0.2.6): cache hit: $\tuser=anna",
            "mx1 dovecot: auth: Debug: client passdb out: OK\t1\tuser=anna\tpass=$",
            "mx1 dovecot: auth: Debug: master userdb out: USER\t1\tanna\tuserdb_password=$\tuid=1",
            "mx1 dovecot: auth: Debug: ldap(anna): result: userPassword=$ mail=a",
            "mx1 dovecot: auth: Debug: sql(anna): Generating CRAM-MD5 from user 'anna', password '$'",
            "mx1 authdaemond: supplied password '$' does not match encrypted password '!1!abcdefgh'",
            "mx1 authdaemond: Old password=$, new password=$",
            "mx1 postfix/smtp[2]: xsasl_cyrus_client_get_passwd: $");

    /** Lines in which it stands as base64. */
    private static final List<String> ENCODED = List.of(
            "mx1 dovecot: auth: Debug: client in: AUTH\t1\tPLAIN\tservice=imap\tresp=$",
            "mx1 dovecot: auth: Debug: client in: CONT\t1\t$",
            "2026-11-21 08:16:24 SMTP protocol error in \"AUTH PLAIN $\" H=(m) [192.0.2.6] AUTH command used when not advertised",
            "2026-11-21 08:16:24 SMTP syntax error in \"$\" H=(m) [192.0.2.6] unrecognized command",
            "mx1 postfix/smtpd[2]: < unknown[192.0.2.6]: $",
            "mx1 postfix/smtpd[2]: improper command pipelining after AUTH from unknown[192.0.2.6]: $\\r\\n",
            "mx1 sm-mta[2]: <-- AUTH PLAIN $",
            "mx1 postfix/smtpd[2]: warning: non-SMTP command from unknown[192.0.2.6]: Authorization: Basic $");

    @Property
    void nothing_of_it_is_left(@ForAll("passwords") String password, @ForAll("verbatim") String shape) {
        // When
        String left = Samples.cut(shape.replace("$", password), Redaction.with(Samples.KEY));

        // Then
        assertThat(left).doesNotContain(TRACE);
        assertThat(Samples.cut(left, Redaction.with(Samples.KEY))).isEqualTo(left);
    }

    @Property
    void nothing_is_left_of_it_in_json(@ForAll("passwords") String password, @ForAll("verbatim") String shape) {
        // Given
        String message = shape.replace("$", password)
                .replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\t", "\\t");
        String line = "{\"timestamp\":\"2026-11-21T08:16:24Z\",\"host\":\"mx1\",\"tag\":\"dovecot:\",\"message\":\""
                + message + "\",\"severity\":\"info\"}";

        // When
        String left = Samples.cut(line, Redaction.with(Samples.KEY));

        // Then
        assertThat(left).doesNotContain(TRACE).endsWith("\",\"severity\":\"info\"}");
    }

    @Property
    void nothing_is_left_of_its_base64(@ForAll("passwords") String password, @ForAll("encoded") String shape) {
        // Given
        String secret = Base64.getEncoder().encodeToString(password.getBytes(StandardCharsets.UTF_8));

        // When
        String left = Samples.cut(shape.replace("$", secret), Redaction.WITHOUT_KEY);

        // Then
        assertThat(left).doesNotContain(secret);
        if (secret.length() > 8) {
            assertThat(left).doesNotContain(secret.substring(0, 8));
        }
    }

    @Property
    void nothing_of_it_is_left_across_fragments(
            @ForAll("passwords") String password,
            @ForAll("acrossFragments") String shape,
            @ForAll @IntRange(min = -40, max = 60) int before,
            @ForAll boolean fedInTwo) {
        // Given
        String padding = "x".repeat(LineSplitter.LONGEST_PIECE - before - shape.indexOf('$'));
        String line = shape.replace("(anna", "(" + padding).replace("$", password);

        // When
        String left = cutInFragments(line, fedInTwo);

        // Then
        assertThat(left).doesNotContain(TRACE);
    }

    @Property
    void any_text_is_taken_and_is_cut_to_its_end_soon(@ForAll("anything") String text) {
        // When
        String once = Samples.cut(text, Redaction.with(Samples.KEY));
        String twice = Samples.cut(once, Redaction.with(Samples.KEY));

        // Then
        assertThat(once.length()).isLessThan(3 * text.length() + 100);
        assertThat(twice.length()).isLessThanOrEqualTo(once.length() + 100);
    }

    private static String cutInFragments(String line, boolean fedInTwo) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        LineCutter cutter = new LineCutter(Redaction.WITHOUT_KEY);
        ByteArrayOutputStream left = new ByteArrayOutputStream();
        LineSplitter splitter = new LineSplitter(0, 0);
        int half = fedInTwo ? bytes.length / 2 : bytes.length;
        for (byte[] chunk : List.of(Arrays.copyOf(bytes, half), Arrays.copyOfRange(bytes, half, bytes.length))) {
            splitter.feed(chunk, 0, chunk.length, (piece, from, to, start, end, fragment, last) -> {
                cutter.cut(piece, from, to, fragment, last);
                left.write(cutter.bytes(), cutter.from(), cutter.to() - cutter.from());
            });
        }
        return left.toString(StandardCharsets.UTF_8);
    }

    @Provide
    Arbitrary<String> passwords() {
        Arbitrary<String> parts = Arbitraries.of(
                ")",
                "(",
                "'",
                "\"",
                " ",
                ": ",
                "\\",
                "\\n",
                "#012",
                "#011",
                "ä",
                "漢",
                "😀",
                "=",
                "&",
                ",",
                ";",
                "a",
                "Z",
                "9",
                "pass=",
                "') != '",
                "(given password: ",
                "$6$",
                "{SHA}",
                "***",
                "<hidden>",
                ") - trying the next passdb",
                "://a:",
                "@",
                "AUTH PLAIN ",
                "\u0001",
                "\u00a0",
                "`",
                "password='");
        return parts.list().ofMinSize(1).ofMaxSize(12).map(list -> TRACE + String.join(TRACE, list) + TRACE);
    }

    @Provide
    Arbitrary<String> verbatim() {
        return Arbitraries.of(VERBATIM);
    }

    /** Without what is noticed only by words behind the password: such a line is never longer than a fragment. */
    @Provide
    Arbitrary<String> acrossFragments() {
        return Arbitraries.of(VERBATIM).filter(shape -> shape.contains("(anna") && !shape.contains(") != '"));
    }

    @Provide
    Arbitrary<String> encoded() {
        return Arbitraries.of(ENCODED);
    }

    @Provide
    Arbitrary<String> anything() {
        List<String> marks =
                Secrets.ALL.stream().flatMap(secret -> secret.marks().stream()).toList();
        Arbitrary<String> parts = Arbitraries.oneOf(
                Arbitraries.of(marks),
                Arbitraries.of(
                        " ",
                        "\"",
                        "'",
                        ")",
                        "]: ",
                        "a",
                        "QWxh",
                        "=",
                        "}",
                        "@",
                        "{",
                        "\\",
                        "1,2",
                        "***",
                        "mx1 dovecot: "),
                Arbitraries.strings().ofMaxLength(6));
        return parts.list().ofMaxSize(20).map(list -> String.join("", list));
    }
}
