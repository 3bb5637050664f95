package postwarden.drift;

import java.nio.charset.StandardCharsets;
import postwarden.producer.redact.LineCutter;
import postwarden.producer.redact.Redaction;

/** One line of a template, as it may be shown to people. */
final class Sample {
    private static final String REPEATED = "message repeated ";
    private static final String QUOTED = " times: [";

    private Sample() {}

    /** Secrets are cut again: who sent the line may not have cut them. */
    static String of(String message) {
        byte[] bytes = message.substring(0, Math.min(message.length(), 2 * Words.LONGEST))
                .getBytes(StandardCharsets.UTF_8);
        LineCutter cutter = new LineCutter(Redaction.WITHOUT_KEY);
        cutter.cut(bytes, 0, bytes.length, 0, true);
        return Words.sample(
                new String(cutter.bytes(), cutter.from(), cutter.to() - cutter.from(), StandardCharsets.UTF_8));
    }

    /** The message that rsyslog says was repeated, or the message. */
    static String unrepeated(String message) {
        int quoted = message.startsWith(REPEATED) ? message.indexOf(QUOTED) : -1;
        return quoted < 0 || !message.endsWith("]")
                ? message
                : message.substring(quoted + QUOTED.length(), message.length() - 1)
                        .stripLeading();
    }
}
