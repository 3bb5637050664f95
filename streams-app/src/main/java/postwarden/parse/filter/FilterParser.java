package postwarden.parse.filter;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import postwarden.event.Event;
import postwarden.parse.reply.Replies;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.DaemonParser;
import postwarden.parse.rule.Rule;

/**
 * All filters, each asked by the program name it writes. The mail daemon logs a refusal itself, so what a filter says of it
 * is a note: {@code spam}, {@code virus}, {@code greylist}, {@code policy} with {@code origin} POLICY_SERVICE, to be joined by
 * queue id, and never {@code reject}.
 *
 * <p>Many of these names begin with {@code postfix/}, so this is to be asked before Postfix is.
 */
public final class FilterParser implements DaemonParser {
    private final List<Filter> filters;
    private final Map<String, Filter> byProgram = new HashMap<>();

    /** @param replies what the replies mean that a policy service gives to its mail daemon */
    public FilterParser(Replies replies) {
        filters = filters(replies);
        for (Filter filter : filters) {
            filter.programs().forEach(program -> byProgram.put(program, filter));
        }
    }

    private static List<Filter> filters(Replies replies) {
        return List.of(
                Rspamd.filter(replies),
                Amavis.FILTER,
                SpamAssassin.FILTER,
                ClamAv.FILTER,
                Dkim.FILTER,
                Dmarc.FILTER,
                MailScanner.FILTER,
                MimeDefang.FILTER,
                Postgrey.FILTER,
                Sqlgrey.FILTER,
                MilterGreylist.FILTER,
                Postfwd.filter(replies),
                SpfPolicy.filter(replies),
                PolicydWeight.filter(replies),
                Policyd.FILTER);
    }

    @Override
    public boolean owns(String program) {
        return byProgram.containsKey(name(program));
    }

    @Override
    public void read(Event.Builder event) {
        Filter filter = Objects.requireNonNull(
                byProgram.get(name(event.line().program())), "asked for a line of another program");
        event.daemon(filter.daemon());
        if (!filter.rules().read(new Cursor(event.line().message()), event)) {
            event.clear();
        }
    }

    @Override
    public List<Rule> rules() {
        return filters.stream()
                .flatMap(filter -> filter.rules().rules().stream())
                .toList();
    }

    /**
     * The program without a path or an instance before it, or a process behind it: {@code /usr/sbin/amavisd}, {@code
     * postfix/policy-spf}, {@code postfwd2/policy}.
     */
    private static String name(String program) {
        String lower = program.toLowerCase(Locale.ROOT);
        int slash = lower.indexOf('/');
        if (slash > 0 && lower.startsWith("postfwd")) {
            return lower.substring(0, slash);
        }
        return lower.substring(lower.lastIndexOf('/') + 1);
    }
}
