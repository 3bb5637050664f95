package postwarden.stream.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import postwarden.correlate.Intervals;
import postwarden.detect.HostProgress;
import postwarden.detect.KeyState;
import postwarden.detect.KeyStateCodec;
import postwarden.detect.Report;
import postwarden.detect.Track;
import postwarden.detect.TrackCodec;
import postwarden.detect.TrackKey;
import postwarden.drift.Template;
import postwarden.drift.TemplateCount;
import postwarden.event.Daemon;
import postwarden.incident.Settled;
import postwarden.policy.Allowance;
import postwarden.policy.Decision;
import postwarden.policy.NamePattern;
import postwarden.policy.Remark;
import postwarden.policy.Saying;
import postwarden.tally.HostClock;
import postwarden.tally.Key;
import postwarden.tally.Packer;
import postwarden.tally.PaneKey;
import postwarden.tally.Tally;
import postwarden.tally.TallyCodec;
import postwarden.tally.Unpacker;
import postwarden.tally.Watch;
import postwarden.tally.Word;

/** The stored forms of the small states; each begins with its version. */
public final class StateCodecs {
    private static final int VERSION = 1;
    /** In the first version a host's progress did not know what its producer says of itself. */
    private static final int KNOWS_WORDS = 2;
    /** In the first version nobody knew when a file had grown last. */
    private static final int KNOWS_DAYS = 2;

    public static final Codec<Tally> TALLY = new Codec<>(TallyCodec::encode, TallyCodec::decodeLater);
    public static final Codec<KeyState> KEY_STATE = new Codec<>(KeyStateCodec::encode, KeyStateCodec::decode);
    public static final Codec<Track> TRACK = new Codec<>(TrackCodec::write, TrackCodec::decode);
    public static final Codec<TrackKey> TRACK_KEY = new Codec<>(StateCodecs::write, StateCodecs::trackKey);
    public static final Codec<Key> KEY = new Codec<>(StateCodecs::write, StateCodecs::key);
    public static final Codec<PaneKey> PANE_KEY = new Codec<>(StateCodecs::write, StateCodecs::paneKey);
    public static final Codec<Intervals> INTERVALS = new Codec<>(StateCodecs::write, StateCodecs::intervals);
    public static final Codec<HostClock> HOST_CLOCK = HostClockForm.CODEC;
    public static final Codec<HostProgress> HOST_PROGRESS = new Codec<>(StateCodecs::write, StateCodecs::hostProgress);
    public static final Codec<TemplateCount> TEMPLATE_COUNT =
            new Codec<>(StateCodecs::write, StateCodecs::templateCount);
    public static final Codec<Settled> SETTLED = new Codec<>(StateCodecs::write, StateCodecs::settled);

    public static final Codec<List<Report>> REPORTS = new Codec<>(StateCodecs::write, StateCodecs::reports);

    public static final Codec<Allowance> ALLOWANCE = new Codec<>(StateCodecs::write, StateCodecs::allowance);

    /** For what passes from the policy topic to the desk. */
    static final Codec<Decision> DECISION = new Codec<>(StateCodecs::write, StateCodecs::decision);

    private StateCodecs() {}

    private static Packer begin(Packer out) {
        return out.number(VERSION);
    }

    private static Unpacker begin(byte[] bytes, String what) {
        Unpacker in = new Unpacker(bytes);
        in.version(what, VERSION);
        return in;
    }

    private static void write(Key key, Packer out) {
        begin(out).text(key.tenant()).number(key.watch().id()).text(key.name());
    }

    /** What the stored keys of a watch begin with, and no others. */
    public static byte[] prefix(String tenant, Watch watch) {
        return begin(new Packer()).text(tenant).number(watch.id()).packed();
    }

    private static Key key(byte[] bytes) {
        Unpacker in = begin(bytes, "a key");
        return new Key(in.text(), Watch.of((int) in.number()), in.text());
    }

    private static void write(TrackKey track, Packer out) {
        begin(out).nested(track.key(), StateCodecs::write).text(track.host());
    }

    private static TrackKey trackKey(byte[] bytes) {
        Unpacker in = begin(bytes, "a track's key");
        return new TrackKey(key(in.bytes()), in.text());
    }

    private static void write(PaneKey pane, Packer out) {
        begin(out)
                .nested(pane.key(), StateCodecs::write)
                .text(pane.host())
                .number(pane.start())
                .number(pane.panes());
    }

    private static PaneKey paneKey(byte[] bytes) {
        Unpacker in = begin(bytes, "a pane's key");
        return new PaneKey(key(in.bytes()), in.text(), in.number(), (int) in.number());
    }

    private static void write(Intervals intervals, Packer out) {
        out.number(KNOWS_DAYS).number(intervals.bounds().length);
        for (long bound : intervals.bounds()) {
            out.number(bound);
        }
        out.number(intervals.day());
    }

    private static Intervals intervals(byte[] bytes) {
        Unpacker in = new Unpacker(bytes);
        int version = in.version("intervals", KNOWS_DAYS);
        long[] bounds = new long[in.count()];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = in.number();
        }
        return Intervals.of(bounds).on(version >= KNOWS_DAYS ? in.number() : 0);
    }

    private static void write(TemplateCount counted, Packer out) {
        begin(out)
                .text(counted.template().daemon().wireName())
                .text(counted.template().program())
                .text(counted.template().text())
                .number(counted.count())
                .instant(counted.first())
                .instant(counted.last())
                .text(counted.version())
                .text(counted.sample());
    }

    private static TemplateCount templateCount(byte[] bytes) {
        Unpacker in = begin(bytes, "a template");
        Template template = new Template(daemon(in.text()), in.text(), in.text());
        return new TemplateCount(template, in.number(), in.instant(), in.instant(), in.text(), in.text());
    }

    private static Daemon daemon(String wireName) {
        return Arrays.stream(Daemon.values())
                .filter(daemon -> daemon.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no daemon is called " + wireName));
    }

    private static void write(HostProgress progress, Packer out) {
        out.number(KNOWS_WORDS)
                .number(progress.closedThrough())
                .flag(progress.ended())
                .text(progress.word().reporter())
                .number(progress.word().heard())
                .flag(progress.word().quiet())
                .number(progress.then())
                .text(progress.silent().subject())
                .number(progress.silent().since())
                .number(progress.silent().pane())
                .number(progress.silent().reported())
                .number(progress.silent().spoke());
    }

    private static HostProgress hostProgress(byte[] bytes) {
        Unpacker in = new Unpacker(bytes);
        int version = in.version("a host's progress", KNOWS_WORDS);
        HostProgress progress = new HostProgress(in.number(), in.flag());
        if (version < KNOWS_WORDS) {
            return progress;
        }
        return new HostProgress(
                progress.closedThrough(),
                progress.ended(),
                new Word(in.text(), in.number(), in.flag()),
                in.number(),
                new HostProgress.Silent(in.text(), in.number(), in.number(), in.number(), in.number()));
    }

    private static void write(Settled settled, Packer out) {
        begin(out)
                .text(settled.tenant())
                .number(settled.part())
                .number(settled.parts())
                .number(settled.through())
                .flag(settled.ended());
    }

    private static Settled settled(byte[] bytes) {
        Unpacker in = begin(bytes, "a watch's progress");
        return new Settled(in.text(), (int) in.number(), (int) in.number(), in.number(), in.flag());
    }

    private static void write(Allowance allowance, Packer out) {
        begin(out)
                .text(allowance.id())
                .text(allowance.tenant())
                .text(allowance.detector().text())
                .text(allowance.entity().text())
                .text(allowance.host().text())
                .text(allowance.owner())
                .text(allowance.reason())
                .instant(allowance.from())
                .instant(allowance.until());
    }

    private static Allowance allowance(byte[] bytes) {
        return allowance(new Unpacker(bytes));
    }

    private static Allowance allowance(Unpacker in) {
        in.version("an allowance", VERSION);
        return new Allowance(
                in.text(),
                in.text(),
                new NamePattern(in.text()),
                new NamePattern(in.text()),
                new NamePattern(in.text()),
                in.text(),
                in.text(),
                in.instant(),
                in.instant());
    }

    /** As an allowance that covers nothing, which is all that an instance of the release before reads, and what it is about. */
    private static void write(Saying saying, Packer out) {
        Remark remark = saying.remark();
        write(
                new Allowance(
                        saying.id(),
                        saying.tenant(),
                        PolicyCodec.NO_DETECTOR,
                        NamePattern.ANYTHING,
                        NamePattern.ANYTHING,
                        remark.by(),
                        PolicyCodec.NO_REASON,
                        remark.at(),
                        saying.until()),
                out);
        out.text(saying.incident())
                .number(remark.aspect().id())
                .text(remark.value())
                .text(remark.reason());
    }

    /** An operator's decision: an allowance, and where more follows, what is said of an incident. */
    private static Decision decision(byte[] bytes) {
        Unpacker in = new Unpacker(bytes);
        Allowance allowance = allowance(in);
        return !in.hasMore()
                ? allowance
                : new Saying(
                        allowance.tenant(),
                        in.text(),
                        new Remark(
                                Remark.Aspect.of((int) in.number()),
                                in.text(),
                                allowance.owner(),
                                allowance.from(),
                                in.text()),
                        allowance.until());
    }

    private static void write(Decision decision, Packer out) {
        if (decision instanceof Saying saying) {
            write(saying, out);
        } else {
            write((Allowance) decision, out);
        }
    }

    private static void write(List<Report> reports, Packer out) {
        begin(out).number(reports.size());
        reports.forEach(report -> out.bytes(ReportCodec.encode(report)));
    }

    private static List<Report> reports(byte[] bytes) {
        Unpacker in = begin(bytes, "reports");
        List<Report> reports = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            reports.add(ReportCodec.decode(in.bytes()));
        }
        return reports;
    }
}
