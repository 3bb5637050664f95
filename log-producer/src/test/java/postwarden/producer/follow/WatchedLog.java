package postwarden.producer.follow;

import static postwarden.producer.follow.Harness.append;
import static postwarden.producer.follow.Harness.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A folder with one log, what mail servers and logrotate do to it, and the agent that follows it. */
final class WatchedLog implements AutoCloseable {
    /** What an agent reads at once, in bytes; a line of some ten thousand takes several. */
    private static final int CHUNK = 4096;

    private final Path folder;
    private final Path log;
    private final Harness agent;
    private final List<Harness> all = new ArrayList<>();

    WatchedLog(Path folder) {
        this.folder = folder;
        log = folder.resolve("mail.log");
        agent = agent(source(log));
    }

    Path log() {
        return log;
    }

    Path beside(String name) {
        return folder.resolve(name);
    }

    /** The agent that follows the log from its beginning. */
    Harness agent() {
        return agent;
    }

    /** Another agent, which follows something else. */
    Harness agent(Source... sources) {
        Harness another = new Harness(CHUNK, sources);
        all.add(another);
        return another;
    }

    /** Another agent, which follows links too. */
    Harness following(Source... sources) {
        Harness another = new Harness(CHUNK, true, sources);
        all.add(another);
        return another;
    }

    void write(String text) throws IOException {
        append(log, text);
    }

    void rotate(String name) throws IOException {
        Files.move(log, beside(name));
    }

    void copy(String name) throws IOException {
        Files.copy(log, beside(name));
    }

    /** The same file with another content. */
    void rewrite(String text) throws IOException {
        Files.writeString(log, text);
    }

    @Override
    public void close() {
        all.forEach(Harness::close);
    }
}
