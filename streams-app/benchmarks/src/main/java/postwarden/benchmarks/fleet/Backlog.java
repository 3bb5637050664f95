package postwarden.benchmarks.fleet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import postwarden.benchmarks.FleetLoad;
import postwarden.benchmarks.FleetShape;
import postwarden.benchmarks.Load;

/**
 * A broker with lines in it.
 *
 * @param folder of its data and of those who read it
 * @param keys different ones that the lines had named before each step of {@link Sending#STEP} lines, and at the end
 */
record Backlog(Rig rig, Path folder, List<Long> keys) implements AutoCloseable {
    Backlog {
        keys = List.copyOf(keys);
    }

    static Backlog write(Path folder, FleetShape shape, long lines)
            throws IOException, InterruptedException, ExecutionException {
        Rig rig = Rig.start(folder);
        boolean written = false;
        try {
            Load load = new FleetLoad(shape, Load.START);
            Backlog backlog = new Backlog(rig, folder, Sending.backlog(rig.kafka(), load, lines));
            written = true;
            return backlog;
        } finally {
            if (!written) {
                rig.close();
            }
        }
    }

    long allKeys() {
        return keys.get(keys.size() - 1);
    }

    /** How many different ones so many lines have named. */
    long keysIn(long lines) {
        return keys.get((int) Math.min(keys.size() - 1, lines / Sending.STEP));
    }

    @Override
    public void close() throws IOException {
        rig.close();
    }
}
