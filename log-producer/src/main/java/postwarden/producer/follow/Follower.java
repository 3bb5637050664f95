package postwarden.producer.follow;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import postwarden.producer.checkpoint.Registry;
import postwarden.producer.publish.Outgoing;
import postwarden.producer.publish.Outlet;
import postwarden.producer.redact.Redaction;

/**
 * Follows all sources: finds files, reads each a stretch at a time in turn, and notices when one was rotated, deleted or rewritten.
 *
 * <p>A file is known by what the file system calls it and by what it contains, never by one alone. When it no longer stands at its path
 * it is read to its end; a rotation may have happened several times between two looks, so then the folder is searched for the
 * generations in between, which are younger than the last one that was known. All methods belong to one thread.
 */
public final class Follower implements AutoCloseable {
    /** The part of the time that may go into looking at paths, as one in so many. */
    private static final int LOOKS_SHARE = 1000;
    /** What is written within so long is read together. */
    private static final long GATHER_MILLIS = 10;

    private final FollowParams params;
    private List<Source> sources;
    private final Reading reading;
    private final Complaints complaints;
    private final Registry registry;
    private final OpenFiles files;
    private final Clock clock;
    private final List<Input> inputs = new ArrayList<>();

    private volatile List<OpenFile> open = List.of();

    private final Pace looks;

    private final Bell bell;
    private final Turns turns;

    private boolean news;
    private boolean idle;
    private boolean held;
    private long lastBeat;

    /**
     * Prepares to follow; nothing is looked at before {@link #begin}.
     *
     * @throws IOException when the spool of a source cannot be opened
     */
    public Follower(
            FollowParams params,
            List<Source> sources,
            String reporter,
            Registry registry,
            Outlet outlet,
            InputStream standardInput,
            Redaction redaction,
            FollowMetrics metrics,
            Clock clock)
            throws IOException {
        this(
                params,
                sources,
                reporter,
                registry,
                outlet,
                standardInput,
                redaction,
                metrics,
                clock,
                Bell.install(metrics.overflows()));
    }

    /** The same with a bell whose service others hold too. */
    Follower(
            FollowParams params,
            List<Source> sources,
            String reporter,
            Registry registry,
            Outlet outlet,
            InputStream standardInput,
            Redaction redaction,
            FollowMetrics metrics,
            Clock clock,
            Bell bell)
            throws IOException {
        this.params = params;
        this.bell = bell;
        this.registry = registry;
        this.sources = List.copyOf(sources);
        this.clock = clock;
        Roster roster = new Roster(reporter, outlet, clock, params.hosts());
        Descriptors descriptors = new Descriptors(params.open(), metrics.parked());
        this.reading = new Reading(
                reporter, Outgoing.run(), outlet, new Room(outlet), roster, clock, redaction, metrics, descriptors);
        this.complaints = new Complaints(metrics.unreadable());
        this.files = new OpenFiles(params, sources, registry, reading, complaints);
        this.looks = new Pace(clock, params.scan(), params.sweep(), LOOKS_SHARE);
        this.turns = new Turns(params, files, bell, clock);
        for (Source source : sources) {
            if (source.feed() instanceof Feed.Piped) {
                inputs.add(new StandardInput(source, standardInput, params.chunk(), reading));
            } else if (source.feed() instanceof Feed.Journal journal) {
                inputs.add(new JournalInput(source, journal.params(), registry, params.once(), reading));
            } else if (source.feed() instanceof Feed.Syslog syslog) {
                inputs.add(new SpoolInput(source, syslog, registry, params.once(), params.chunk(), reading));
            }
        }
    }

    /**
     * Looks for the first time: finds the files and makes their hosts known. A checkpoint that is written now knows every file before
     * its first line is sent, so none is lost that is rotated away before the next one.
     */
    public void begin() {
        look();
        inputs.forEach(Input::begin);
        greet();
    }

    /** Looks, reads and beats as far as each is due; answers whether anything was read. To be called after {@link #begin}. */
    public boolean step() {
        news |= bell.news();
        if (looks.isDue() || (news && looks.isDueForNews())) {
            look();
        }
        boolean read = turns.read(beat() != lastBeat);
        for (Input input : inputs) {
            read |= input.step();
        }
        if (beat() != lastBeat) {
            // An input that will end is the past: having read it to its end says nothing about now.
            reading.roster()
                    .beat(
                            source -> !params.once() && readToItsEnd(source),
                            files.all().size() + " files open");
            lastBeat = beat();
        }
        held = reading.room().wasLacking();
        idle = !read && !held;
        return read;
    }

    /**
     * Follows other sources from now on; to be called after {@link #begin}. What both name is read on where it is. Standard input is read to
     * its end, or not, as it was at the start.
     */
    public void follow(List<Source> others) {
        // Once more as before: what has come since the last look is no news to a source that stays.
        look();
        files.follow(sources, others);
        turns.clear();
        reading.roster().follow(others);
        sources = List.copyOf(others);
        look();
        meetNamed();
    }

    /** The files that are open, as of the last look; for any thread. */
    public List<OpenFile> open() {
        return open;
    }

    /** Paths that are not read, and why, as of the last look; for any thread. */
    public Map<String, String> unreadable() {
        return complaints.current();
    }

    /**
     * Waits until a file was written to, or as long as is configured between two reads; what is written within a few milliseconds is
     * read at once, or a busy log would be read line by line. Where lines wait for room, it is as long as room takes to be worth it.
     */
    public void rest() throws InterruptedException {
        long poll = params.poll().toMillis();
        long gather = Math.min(GATHER_MILLIS, poll);
        long begin = System.nanoTime();
        if (bell.await(held ? gather : poll)) {
            long passed = (System.nanoTime() - begin) / 1_000_000;
            bell.await(Math.max(0, gather - passed));
        }
        if (held) {
            reading.outlet().waited(System.nanoTime() - begin);
        }
    }

    /** Ends every {@link #rest}; from any thread. */
    public void wake() {
        bell.close();
    }

    private void look() {
        looks.begin();
        news = false;
        registry.looking(() -> bell.listenTo(files.look()));
        turns.looked();
        complaints.looked();
        open = Stream.concat(
                        files.all().stream().map(Tail::asOpenFile),
                        inputs.stream().flatMap(input -> input.files().stream()))
                .toList();
        looks.end();
    }

    /** Whether the last step found nothing more to read anywhere and all inputs that are no files have ended. */
    public boolean exhausted() {
        return idle && inputs.stream().allMatch(Input::ended);
    }

    /** Ends the input: last lines without a LF are lines, and every host gets its END. */
    public void end() {
        for (Tail tail : files.all()) {
            try {
                tail.finish();
            } catch (IOException e) {
                files.complain(tail.stat().path(), e);
            }
        }
        reading.roster().end();
    }

    /** Whether every path could be read so far. */
    public boolean everythingWasReadable() {
        return !complaints.any();
    }

    @Override
    public void close() {
        bell.close();
        inputs.forEach(Input::close);
        files.all().forEach(files::drop);
    }

    /**
     * The number of the current heartbeat; all agents beat at the same moment, half a pause past each multiple of it. With 10 s
     * that is 5 s behind the end of a pane, just when the service lets go of one: of a fleet of which any host is quiet it would
     * otherwise wait for the last of many beats, 5 to 15 s behind.
     */
    private long beat() {
        long pause = params.heartbeat().toMillis();
        return Math.floorDiv(clock.millis() - pause / 2, pause);
    }

    /** Makes the hosts known before their first line. */
    private void greet() {
        for (Tail tail : files.all()) {
            try {
                tail.peek();
            } catch (IOException e) {
                files.complain(tail.stat().path(), e);
            }
        }
        meetNamed();
        reading.roster().greet();
        lastBeat = beat();
    }

    private void meetNamed() {
        for (Source source : sources) {
            if (!source.host().fixed().isEmpty()) {
                reading.roster().meet(source, source.host().fixed());
            }
        }
    }

    private boolean readToItsEnd(Source source) {
        return files.all().stream().filter(tail -> tail.source().equals(source)).allMatch(Tail::isIdle)
                && inputs.stream()
                        .filter(input -> input.source().equals(source))
                        .allMatch(Input::readToItsEnd);
    }
}
