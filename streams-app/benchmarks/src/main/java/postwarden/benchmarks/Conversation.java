package postwarden.benchmarks;

import java.util.ArrayDeque;
import java.util.Deque;

/** Lines that belong together and are still to be written, first things first. */
final class Conversation {
    private final Deque<Said> lines = new ArrayDeque<>();

    /** One line without its time and host. */
    record Said(String program, int pid, String message) {}

    Conversation say(String program, int pid, String message) {
        lines.add(new Said(program, pid, message));
        return this;
    }

    boolean isOver() {
        return lines.isEmpty();
    }

    Said next() {
        return lines.remove();
    }
}
