package postwarden.producer.redact;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The table of lines as daemons write them and as they may leave the host. */
final class Samples {
    static final SiteKey KEY = new SiteKey("a key of this test only".getBytes(StandardCharsets.US_ASCII));

    /**
     * One line.
     *
     * @param secret name of the secret in it
     * @param in as the daemon writes it
     * @param out as it leaves the host
     */
    record Sample(String secret, String in, String out) {}

    private Samples() {}

    /** Blocks of {@code # NAME}, then a line behind {@code < } and what is left of it behind {@code > }. */
    static List<Sample> all() {
        List<Sample> samples = new ArrayList<>();
        String secret = "";
        String in = "";
        for (String line : text().split("\n")) {
            String rest = line.substring(Math.min(2, line.length()));
            if (line.startsWith("# ")) {
                secret = rest;
            } else if (line.startsWith("< ")) {
                in = rest;
            } else if (line.startsWith("> ")) {
                samples.add(new Sample(secret, in, rest));
            }
        }
        return samples;
    }

    /** The line as it leaves the host. */
    static String cut(String line, Redaction redaction) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        LineCutter cutter = new LineCutter(redaction);
        cutter.cut(bytes, 0, bytes.length, 0, true);
        return left(cutter);
    }

    static String left(LineCutter cutter) {
        return new String(cutter.bytes(), cutter.from(), cutter.to() - cutter.from(), StandardCharsets.UTF_8);
    }

    private static String text() {
        try (InputStream in = Objects.requireNonNull(Samples.class.getResourceAsStream("/redact/secrets.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
