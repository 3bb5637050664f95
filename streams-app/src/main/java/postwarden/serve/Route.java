package postwarden.serve;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import postwarden.serve.access.Role;

/**
 * What is asked by a method and a path.
 *
 * @param path with names in braces
 * @param parameters that its query may have
 * @param least role that is needed
 */
record Route(Method method, String path, Set<String> parameters, Role least, Weight weight, Work work) {
    Route {
        parameters = Set.copyOf(parameters);
    }

    /** The methods that there are. */
    enum Method {
        GET,
        POST
    }

    /** What a request costs, and so what it is bounded by. */
    enum Weight {
        /** Nothing, and nothing is told by it: anybody may. */
        OPEN,
        /** A few reads. */
        LOOKUP,
        /** All keys of a watch, or everybody is asked. */
        SCAN,
        /** A thread for as long as it lasts. */
        STREAM,
        /** A peer's question. */
        PEER
    }

    /** Answers; nothing where it has written the answer itself. */
    interface Work {
        Optional<Reply> answer(Call call) throws IOException, InterruptedException;
    }
}
