package postwarden.detect.sensor;

import java.util.Arrays;

/** Why a producer says that bytes are lost, told from its own words; the first that fits. */
enum LossCause {
    /** The broker refuses a record for good, because it is larger than the topic allows. */
    REFUSED_BY_KAFKA("Kafka does not take the line", "Kafka does not take"),
    /** A rotation that copies and truncates, or a program that rewrites its log. */
    TRUNCATED("the file was truncated or rewritten before it was read to its end", "rewritten or truncated"),
    /** The journal was vacuumed. */
    JOURNAL_TRIMMED("the journal gave up entries before they were read", "the journal no longer holds"),
    /** A rotated file that was packed cannot be unpacked. */
    DAMAGED_ARCHIVE("a packed file is damaged", "cannot be unpacked|unpacks to more than"),
    /** Anything else. */
    GONE_BEFORE_READ("the bytes were gone before they were read", "");

    private final String because;
    /** What the producer's words contain, one or the other; empty fits all. */
    private final String signs;

    LossCause(String because, String signs) {
        this.because = because;
        this.signs = signs;
    }

    String because() {
        return because;
    }

    static LossCause of(String said) {
        return Arrays.stream(values())
                .filter(cause -> Arrays.stream(cause.signs.split("[|]", -1)).anyMatch(said::contains))
                .findFirst()
                .orElse(GONE_BEFORE_READ);
    }
}
