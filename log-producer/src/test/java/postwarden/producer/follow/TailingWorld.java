package postwarden.producer.follow;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import postwarden.producer.publish.Outgoing;

/**
 * A log with its writer, its rotation and its agent, to which anything happens in an order that a seed decides. The files' times are
 * set from the agent's clock, so a seed tells the same story on any machine.
 */
final class TailingWorld {
    private static final int STEPS = 60;
    /** The kernel's clock for files, which moves 250 times a second. */
    private static final long TICK_MILLIS = 4;
    /** How often an agent asks for the time while it looks at a few files for the first time, and a little more. */
    private static final int QUESTIONS = 30;

    private final long seed;
    private final Path folder;
    private final Path log;
    private final Random random;
    /** Of its own, so that stories that were once told wrong go as they went. */
    private final Random manners;

    /** Of its own too. */
    private final Random moments;

    private final boolean shifts;
    /** Takes the descriptor of the log at each look, where there is only one. */
    private final Path other;

    private final Harness agent;
    private final List<String> written = new ArrayList<>();
    /** Lines that were written between a copy and its truncation. */
    private final Set<String> between = new HashSet<>();

    private final StringBuilder story = new StringBuilder();
    private String partial = "";
    private int number;
    private int generation;
    private int others;
    private final boolean starved;
    private boolean crashed;

    /**
     * @param starved whether the agent has one descriptor for two logs
     * @param cramped whether there is no room for a third of the lines when they are read first
     */
    TailingWorld(Path folder, long seed, boolean starved, boolean cramped) throws IOException {
        this.starved = starved;
        this.seed = seed;
        this.folder = Files.createDirectories(folder);
        this.log = folder.resolve("mail.log");
        this.random = new Random(seed);
        this.manners = new Random(~seed);
        this.moments = new Random(31 * seed + 7);
        this.shifts = random.nextBoolean();
        String pattern = random.nextBoolean() ? log.toString() : log + "*";
        Source source = Harness.source(pattern, Source.Start.BEGINNING, new HostRule.FromHeader());
        this.other = Files.createDirectories(folder.resolve("other")).resolve("other.log");
        this.agent = starved ? new Harness(4096, false, 1, source, Harness.source(other)) : new Harness(4096, source);
        if (cramped) {
            Random rooms = new Random(17 * seed + 3);
            agent.room = host -> rooms.nextInt(3) > 0;
        }
    }

    /** Lets everything happen; answers what was wrong with what the agent sent, or nothing. */
    String live() throws IOException {
        start();
        for (int i = 0; i < STEPS; i++) {
            anything();
        }
        settle();
        agent.close();
        clear();
        return faults();
    }

    /** What was rotated away before a first start is history, and nobody promised to read it. */
    private void start() throws IOException {
        write();
        look();
    }

    private void anything() throws IOException {
        agent.clock.pass(Duration.ofMillis(random.nextInt(3) * (long) random.nextInt(50)));
        switch (random.nextInt(11)) {
            case 0, 1, 2 -> write();
            case 3 -> writePart();
            case 4 -> rotate();
            case 5 -> copyAndTruncate();
            case 6 -> crash();
            case 7 -> checkpoint();
            case 8 -> acknowledge();
            case 9 -> compress();
            default -> look();
        }
    }

    private void settle() throws IOException {
        endPartial();
        agent.room = host -> true;
        for (int i = 0; i < 12; i++) {
            agent.settle();
        }
    }

    private void checkpoint() {
        story.append(" checkpoint");
        agent.checkpoint();
    }

    private void acknowledge() {
        int count = random.nextInt(6);
        story.append(" acknowledge:").append(count);
        agent.acknowledge(count);
    }

    private void look() throws IOException {
        story.append(" look");
        if (starved) {
            String line = "2026-11-21T08:00:00Z mx1 other[1]: " + others++;
            Harness.append(other, line + "\n");
            changed(other);
            written.add(line);
        }
        agent.step();
    }

    private void write() throws IOException {
        endPartial();
        story.append(" write:").append(number);
        for (int i = random.nextInt(4); i >= 0; i--) {
            String line = line();
            append(line + "\n");
            written.add(line);
        }
    }

    private void writePart() throws IOException {
        endPartial();
        story.append(" part:").append(number);
        partial = line();
        append(partial);
    }

    private void endPartial() throws IOException {
        if (!partial.isEmpty()) {
            append("+\n");
            written.add(partial + "+");
            partial = "";
        }
    }

    private String line() {
        int length = random.nextInt(20) == 0 ? 5000 : random.nextInt(30);
        return "2026-11-21T08:00:00Z mx1 a[1]: " + number++ + "x".repeat(length);
    }

    private void append(String text) throws IOException {
        Harness.append(log, text);
        changed(log);
        changed(folder);
    }

    /** A line that its writer never ended is a line once its file is finished. */
    private void rotate() throws IOException {
        story.append(" rotate");
        if (Files.exists(log)) {
            Files.move(log, next());
            changed(folder);
            if (!partial.isEmpty()) {
                written.add(partial);
                partial = "";
            }
        }
    }

    private void copyAndTruncate() throws IOException {
        endPartial();
        story.append(" truncate");
        if (Files.exists(log) && Files.size(log) > 0) {
            Path copy = next();
            Files.copy(log, copy);
            changed(copy);
            changed(folder);
            if (random.nextInt(3) == 0) {
                overtake();
            }
            Files.write(log, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
            changed(log);
        }
    }

    /** What is written between the copy and the truncation is lost if nobody reads it in time, and sent once if somebody does. */
    private void overtake() throws IOException {
        story.append(" overtaken:").append(number);
        for (int i = random.nextInt(3); i >= 0; i--) {
            String line = line();
            append(line + "\n");
            between.add(brief(line));
        }
        if (random.nextBoolean()) {
            look();
        }
    }

    private void changed(Path file) throws IOException {
        long now = agent.clock.millis();
        Files.setLastModifiedTime(file, FileTime.fromMillis(now - now % TICK_MILLIS));
    }

    /** A name for the next generation: numbers grow, as dates do, or the youngest is always 1, as with logrotate. */
    private Path next() throws IOException {
        generation++;
        if (!shifts) {
            return named(generation);
        }
        for (int i = generation; i > 1; i--) {
            Path older = named(i - 1);
            if (Files.exists(older)) {
                Files.move(older, named(i));
            } else {
                Files.move(packed(older), packed(named(i)));
            }
        }
        return named(1);
    }

    /** As gzip does: the compressed generation keeps the time of the one that it takes the place of. */
    private void compress() throws IOException {
        int suffix = 1 + random.nextInt(Math.max(1, generation));
        Path plain = named(suffix);
        if (Files.exists(plain)) {
            story.append(" compress:").append(suffix);
            try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(packed(plain)))) {
                Files.copy(plain, gzip);
            }
            Files.setLastModifiedTime(packed(plain), Files.getLastModifiedTime(plain));
            Files.delete(plain);
            changed(folder);
        }
    }

    private static Path packed(Path plain) {
        return plain.resolveSibling(plain.getFileName() + ".gz");
    }

    private Path named(int suffix) {
        return log.resolveSibling("mail.log." + suffix);
    }

    private void crash() throws IOException {
        boolean orderly = seed >= 0 && manners.nextInt(3) == 0;
        crashed |= !orderly;
        story.append(orderly ? " stop" : " die");
        if (orderly) {
            agent.stop();
        } else {
            agent.die();
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            switch (random.nextInt(3)) {
                case 0 -> write();
                case 1 -> rotate();
                default -> compress();
            }
        }
        story.append(" revive");
        if (orderly) {
            agent.reviveExactly();
        } else {
            agent.revive();
            dieAgain();
        }
    }

    /** In the middle of its first look: by the time it has come to something, everything is known. */
    private void dieAgain() {
        if (moments.nextInt(3) == 0) {
            int moment = 1 + moments.nextInt(QUESTIONS);
            story.append(" die@").append(moment);
            agent.stepAndCrash(moment);
        }
    }

    private String faults() {
        // What a reader keeps that drops what it has seen, by identity and offset.
        Map<String, String> kept = new TreeMap<>();
        List<Outgoing> sent = agent.of(Outgoing.Kind.LINE);
        sent.forEach(record -> kept.put(record.fileId() + '@' + record.startOffset(), brief(Harness.text(record))));
        Set<String> lines = new HashSet<>();
        Set<String> twice = new TreeSet<>();
        kept.values().stream().filter(line -> !lines.add(line)).forEach(twice::add);
        Set<String> expected =
                new TreeSet<>(written.stream().map(TailingWorld::brief).toList());
        String faults = fault("lost", minus(expected, lines))
                + fault("invented", minus(minus(lines, expected), between))
                + fault("under two identities", twice)
                + fault("said to be new, and sent before", again(sent))
                + (crashed || sent.size() == kept.size() ? "" : " repeated without a crash");
        return faults.isEmpty() ? "" : "seed " + seed + ":" + story + ":" + faults;
    }

    /** Of which the agent says that they were never sent, although they were. */
    private static Set<String> again(List<Outgoing> sent) {
        Set<String> known = new HashSet<>();
        Set<String> again = new TreeSet<>();
        for (Outgoing record : sent) {
            String place = record.fileId() + '@' + record.startOffset();
            if (!known.add(place) && record.fresh() != Outgoing.NOT_FRESH) {
                again.add(brief(Harness.text(record)));
            }
        }
        return again;
    }

    private static String fault(String name, Set<String> lines) {
        return lines.isEmpty() ? "" : ' ' + name + ' ' + lines;
    }

    private static Set<String> minus(Set<String> some, Set<String> others) {
        Set<String> rest = new TreeSet<>(some);
        rest.removeAll(others);
        return rest;
    }

    /** The line's number, whether its end was written, and its length: enough to tell it from all others. */
    private static String brief(String line) {
        String text = line.substring(Math.min(line.length(), "2026-11-21T08:00:00Z mx1 a[1]: ".length()));
        return text.replaceAll("x+", "x") + '/' + line.length();
    }

    private void clear() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
