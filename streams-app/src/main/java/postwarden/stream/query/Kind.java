package postwarden.stream.query;

import java.util.List;
import java.util.Optional;
import postwarden.stream.Stores;

/** The kinds of task, by what they keep and what they read. */
enum Kind {
    INTAKE("") {
        @Override
        List<String> stores() {
            return Stores.OF_INTAKE;
        }

        @Override
        Optional<String> heap() {
            return Optional.of(Stores.INTAKE_HEAP);
        }

        @Override
        Optional<String> journal() {
            return Optional.of(Stores.INTAKE_JOURNAL);
        }
    },
    WATCH("-tallies-repartition") {
        @Override
        List<String> stores() {
            return Stores.OF_WATCH;
        }

        @Override
        Optional<String> heap() {
            return Optional.of(Stores.WATCH_HEAP);
        }

        @Override
        Optional<String> journal() {
            return Optional.of(Stores.WATCH_JOURNAL);
        }
    },
    DESK("-reports-repartition") {
        @Override
        List<String> stores() {
            return Stores.OF_DESK;
        }

        @Override
        Optional<String> heap() {
            return Optional.empty();
        }

        @Override
        Optional<String> journal() {
            return Optional.empty();
        }
    };

    private final String input;

    Kind(String input) {
        this.input = input;
    }

    /** In the order of the journal, where there is one. */
    abstract List<String> stores();

    /** The store that tells what the task shares. */
    abstract Optional<String> heap();

    abstract Optional<String> journal();

    /** The topic whose partitions are the parts. */
    String input(String application, String lines) {
        return input.isEmpty() ? lines : application + input;
    }
}
