package postwarden.benchmarks.fleet;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A program that reads the lines topic from its beginning, and commits as a consumer group how far it has come.
 *
 * @param name in the table
 * @param instances processes that share the work, 1 to 3
 */
record Contestant(String name, int instances, Launch launch, State state) {

    /** How one of its processes is started. */
    interface Launch {
        /** @param folder for its state, its configuration and its log */
        Jvm start(Rig rig, Path folder, String group) throws IOException;
    }

    /** Where its state is. */
    enum State {
        /** In changelog topics. */
        CHANGELOGS,
        /** In the newest checkpoint in its folder. */
        CHECKPOINT,
        NONE
    }

    Contestant withInstances(int wanted) {
        return new Contestant(name, wanted, launch, state);
    }
}
