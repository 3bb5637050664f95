package postwarden.correlate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import postwarden.correlate.Trace.Submissions;
import postwarden.correlate.Trace.Submissions.Command;
import postwarden.event.Event;
import postwarden.event.Field;

/** Exim logs the command line of a local submission without the message's id: joined by user, host and time. */
final class SubmissionLines {
    /** Where Exim's own deliveries and queue runs work. */
    private static final String SPOOL = "/var/spool/exim";

    private final Aging<Trace> traces;
    private final long window;

    SubmissionLines(Aging<Trace> traces, CorrelatorParams params) {
        this.traces = traces;
        window = params.submissionWindow().toMillis();
    }

    Event command(Event event) {
        String directory = event.text(Field.WORKING_DIRECTORY, "");
        if (directory.isEmpty() || directory.startsWith(SPOOL)) {
            return event;
        }
        String key = key(event);
        long now = event.time().toEpochMilli();
        Optional<Submissions> known = submissions(key, now);
        List<Command> commands = waiting(known, now);
        commands.add(new Command(now, cut(directory), cut(event.text(Field.ARGUMENTS, ""))));
        int excess = Math.max(0, commands.size() - Submissions.LIMIT);
        traces.put(key, new Submissions(now, commands.subList(excess, commands.size())), known.isEmpty());
        return event;
    }

    /** A message of an account; one that came by network has no command line. */
    Event message(Event event) {
        if (event.has(Field.CLIENT_IP)) {
            return event;
        }
        String key = key(event);
        long now = event.time().toEpochMilli();
        Optional<Submissions> known = submissions(key, now);
        List<Command> commands = waiting(known, now);
        if (commands.isEmpty()) {
            return event;
        }
        Command mine = choose(commands, event.text(Field.ACCOUNT, ""));
        commands.remove(mine);
        traces.put(key, new Submissions(now, commands), false);
        return event.toBuilder()
                .put(Field.WORKING_DIRECTORY, mine.workingDirectory())
                .put(Field.ARGUMENTS, mine.arguments())
                .build();
    }

    /** The one that ran below a directory named like the user, else the one that waits longest. */
    private static Command choose(List<Command> commands, String user) {
        String name = '/' + user;
        for (Command command : commands) {
            String directory = command.workingDirectory();
            if (directory.endsWith(name) || directory.contains(name + '/')) {
                return command;
            }
        }
        return commands.get(0);
    }

    private List<Command> waiting(Optional<Submissions> known, long now) {
        List<Command> commands =
                new ArrayList<>(known.map(Submissions::commands).orElse(List.of()));
        commands.removeIf(command -> now - command.time() > window);
        return commands;
    }

    private Optional<Submissions> submissions(String key, long now) {
        return traces.get(key, now).filter(Submissions.class::isInstance).map(Submissions.class::cast);
    }

    private static String key(Event event) {
        return Keys.of(event.line(), "command", "");
    }

    private static String cut(String text) {
        return text.length() <= QueueEntry.TEXT_LIMIT ? text : text.substring(0, QueueEntry.TEXT_LIMIT);
    }
}
