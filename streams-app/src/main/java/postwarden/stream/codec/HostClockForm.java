package postwarden.stream.codec;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import postwarden.tally.Hole;
import postwarden.tally.HostClock;
import postwarden.tally.Packer;
import postwarden.tally.Pulse;
import postwarden.tally.Unpacker;

/** The stored form of a host's clock; begins with its version. */
final class HostClockForm {
    static final Codec<HostClock> CODEC = new Codec<>(HostClockForm::write, HostClockForm::read);

    /** The first version did not know what the host's producer says of itself. */
    private static final int KNOWS_WORDS = 2;
    /** The second version did not know since when the host had been watched. */
    private static final int KNOWS_AGE = 3;

    private HostClockForm() {}

    private static void write(HostClock clock, Packer out) {
        Pulse pulse = clock.pulse();
        out.number(KNOWS_AGE)
                .instant(clock.newest())
                .instant(clock.ahead())
                .flag(clock.ended())
                .text(pulse.reporter())
                .instant(pulse.heard())
                .instant(pulse.read())
                .flag(pulse.caughtUp())
                .instant(pulse.newest())
                .instant(pulse.late())
                .instant(pulse.off())
                .number(clock.holes().size());
        for (Hole hole : clock.holes()) {
            out.text(hole.file())
                    .text(hole.fileId())
                    .number(hole.start())
                    .number(hole.end())
                    .instant(hole.since())
                    .flag(hole.said());
        }
        out.instant(clock.since());
    }

    private static HostClock read(byte[] bytes) {
        Unpacker in = new Unpacker(bytes);
        int version = in.version("a host's clock", KNOWS_AGE);
        HostClock clock = new HostClock(in.instant(), in.instant(), in.flag());
        if (version < KNOWS_WORDS) {
            return clock;
        }
        Pulse pulse =
                new Pulse(in.text(), in.instant(), in.instant(), in.flag(), in.instant(), in.instant(), in.instant());
        List<Hole> holes = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            holes.add(new Hole(in.text(), in.text(), in.number(), in.number(), in.instant(), in.flag()));
        }
        Instant since = version < KNOWS_AGE ? Instant.MIN : in.instant();
        return new HostClock(clock.newest(), clock.ahead(), clock.ended(), pulse, holes, since);
    }
}
