package postwarden.parse.postfix;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.DaemonParser;
import postwarden.parse.rule.Rule;
import postwarden.parse.rule.RuleList;

/**
 * Postfix, all its processes. A program is {@code postfix/smtpd}, {@code postfix/submission/smtpd},
 * {@code postfix-out/smtp}, or only {@code postfix} where the logging system lost the rest.
 */
public final class PostfixParser implements DaemonParser {
    private static final RuleList SMTPD = family(PostfixSmtpd.RULES);
    private static final RuleList DELIVERY = family(PostfixDelivery.RULES);
    private static final RuleList QUEUE = family(PostfixQueue.RULES);
    private static final RuleList SCREEN = family(PostfixScreen.RULES);
    private static final RuleList SERVICES = family(PostfixServices.RULES);
    private static final RuleList ALL = all();

    private static final Map<String, RuleList> FAMILIES = Map.ofEntries(
            Map.entry("smtpd", SMTPD),
            Map.entry("smtp", DELIVERY),
            Map.entry("lmtp", DELIVERY),
            Map.entry("error", DELIVERY),
            Map.entry("retry", DELIVERY),
            Map.entry("discard", DELIVERY),
            Map.entry("local", DELIVERY),
            Map.entry("virtual", DELIVERY),
            Map.entry("pipe", DELIVERY),
            Map.entry("cleanup", QUEUE),
            Map.entry("qmgr", QUEUE),
            Map.entry("nqmgr", QUEUE),
            Map.entry("oqmgr", QUEUE),
            Map.entry("pickup", QUEUE),
            Map.entry("bounce", QUEUE),
            Map.entry("postsuper", QUEUE),
            Map.entry("postscreen", SCREEN),
            Map.entry("dnsblog", SCREEN),
            Map.entry("tlsproxy", SCREEN),
            Map.entry("anvil", SERVICES),
            Map.entry("scache", SERVICES),
            Map.entry("master", SERVICES),
            Map.entry("verify", SERVICES),
            Map.entry("postfix-script", SERVICES));

    /** Programs that are remembered, so that invented names fill no memory. */
    private static final int REMEMBERED_PROGRAMS = 1024;

    private final Map<String, PostfixProgram> programs = new ConcurrentHashMap<>();

    @Override
    public boolean owns(String program) {
        return PostfixProgram.isPostfix(program);
    }

    @Override
    public void read(Event.Builder event) {
        event.daemon(Daemon.POSTFIX);
        PostfixProgram program = program(event.line().program());
        RuleList family = FAMILIES.getOrDefault(program.process(), ALL);
        Cursor cursor = new Cursor(event.line().message());
        if (!read(cursor, event, program, family)) {
            event.clear();
        }
    }

    @Override
    public List<Rule> rules() {
        return ALL.rules();
    }

    private static boolean read(Cursor cursor, Event.Builder event, PostfixProgram program, RuleList family) {
        takeQueueId(cursor, event);
        if (family == SMTPD || family == SCREEN) {
            program.putService(event);
        } else if (family == DELIVERY) {
            event.put(Field.TRANSPORT, program.transport());
        }
        return family.read(cursor, event) || (family != ALL && ALL.read(cursor, event));
    }

    /** Moves behind {@code 6C76C12E9: } or {@code NOQUEUE: } if the message begins with it. */
    private static void takeQueueId(Cursor cursor, Event.Builder event) {
        if (cursor.take("NOQUEUE: ")) {
            return;
        }
        String id = QueueIds.take(cursor);
        if (id.isEmpty() || !cursor.take(": ")) {
            cursor.moveTo(0);
            return;
        }
        event.put(Field.QUEUE_ID, id);
    }

    private PostfixProgram program(String name) {
        PostfixProgram known = programs.get(name);
        if (known != null) {
            return known;
        }
        PostfixProgram read = PostfixProgram.of(name);
        if (programs.size() < REMEMBERED_PROGRAMS) {
            programs.put(name, read);
        }
        return read;
    }

    private static RuleList family(List<Rule> own) {
        List<Rule> rules = new ArrayList<>(own);
        rules.addAll(PostfixNotices.RULES);
        return new RuleList(rules);
    }

    private static RuleList all() {
        List<Rule> rules = new ArrayList<>();
        rules.addAll(PostfixSmtpd.RULES);
        rules.addAll(PostfixQueue.RULES);
        rules.addAll(PostfixDelivery.RULES);
        rules.addAll(PostfixScreen.RULES);
        rules.addAll(PostfixServices.RULES);
        rules.addAll(PostfixNotices.RULES);
        return new RuleList(rules.stream().distinct().toList());
    }
}
