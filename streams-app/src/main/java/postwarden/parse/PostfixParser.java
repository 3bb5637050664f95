package postwarden.parse;

import java.util.List;
import postwarden.event.Daemon;
import postwarden.event.Event;

/** Postfix, all its processes. */
final class PostfixParser implements DaemonParser {

    @Override
    public boolean owns(String program) {
        return program.startsWith("postfix");
    }

    @Override
    public void read(Event.Builder event) {
        event.daemon(Daemon.POSTFIX);
    }

    @Override
    public List<Rule> rules() {
        return List.of();
    }
}
