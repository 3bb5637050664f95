package postwarden.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads zones and instants of the command line, and says in plain words what is wrong with them. */
public final class Times {
    /** Behind the last instant that four digits of a year can say; Kafka's own end at some year 292 million. */
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    private Times() {}

    /** Makes every option of the command line that is a zone or an instant be read so. */
    public static void register(CommandLine line) {
        ITypeConverter<ZoneId> zone = text -> {
            try {
                return ZoneId.of(text);
            } catch (DateTimeException unknown) {
                throw new TypeConversionException("'" + text + "' is no zone such as UTC or Europe/Berlin");
            }
        };
        ITypeConverter<Instant> instant = text -> {
            try {
                return bounded(Instant.parse(text));
            } catch (DateTimeException unreadable) {
                throw new TypeConversionException("'" + text + "' is no instant such as 2026-11-21T12:00:00Z");
            }
        };
        line.registerConverter(ZoneId.class, zone);
        line.registerConverter(Instant.class, instant);
    }

    private static Instant bounded(Instant time) {
        if (time.isBefore(Instant.EPOCH) || !time.isBefore(END)) {
            throw new TypeConversionException(time + " is not from " + Instant.EPOCH + " to before " + END);
        }
        return time;
    }
}
