package postwarden.parse.postfix;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.parse.reply.Replies;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.DaemonParser;
import postwarden.parse.rule.Rule;
import postwarden.parse.rule.RuleList;

/**
 * Postfix 2.11 to 3.11, all its processes. A program is {@code postfix/smtpd}, {@code postfix/submission/smtpd},
 * {@code postfix-out/smtp}, or only {@code postfix} where the logging system lost the rest. Of a program that an administrator
 * named otherwise ({@code mx-out/smtp}) only those lines are taken for Postfix's that no other daemon writes.
 */
public final class PostfixParser implements DaemonParser {
    private static final List<String> SMTPD = List.of("smtpd", "qmqpd");
    private static final List<String> DELIVERY =
            List.of("smtp", "lmtp", "relay", "error", "retry", "discard", "local", "virtual", "pipe");
    private static final List<String> QUEUE =
            List.of("cleanup", "qmgr", "nqmgr", "oqmgr", "pickup", "bounce", "defer", "trace", "postsuper");
    private static final List<String> SCREEN = List.of("postscreen", "dnsblog");
    private static final List<String> PROXY = List.of("tlsproxy");
    private static final List<String> SERVICES = List.of("anvil", "scache", "master", "verify", "postfix-script");

    /** Programs that are remembered, so that invented names fill no memory. */
    private static final int REMEMBERED_PROGRAMS = 1024;

    private final RuleList smtpd;
    private final RuleList delivery;
    private final RuleList screen;
    private final RuleList proxy;
    private final RuleList all;
    private final Map<String, RuleList> families;
    private final Map<String, PostfixProgram> programs = new ConcurrentHashMap<>();

    public PostfixParser(Replies replies) {
        List<Rule> access = new PostfixAccess(replies).rules();
        List<Rule> inbound = PostfixSmtpd.rules(access);
        List<Rule> queue = PostfixQueue.rules(access, new PostfixContent(replies));
        List<Rule> outbound = new PostfixDelivery(replies).rules();
        List<Rule> screening = PostfixScreen.rules(access);
        smtpd = list(inbound);
        delivery = list(outbound);
        screen = list(screening);
        proxy = list(
                Stream.of(PostfixScreen.PROXY, screening).flatMap(List::stream).toList());
        all = list(
                Stream.of(outbound, inbound, queue, screening, PostfixScreen.PROXY, PostfixServices.RULES)
                        .flatMap(List::stream)
                        .distinct()
                        .toList(),
                PostfixNotices.LAST);
        families = byProcess(Map.of(
                smtpd,
                SMTPD,
                delivery,
                DELIVERY,
                screen,
                SCREEN,
                proxy,
                PROXY,
                list(queue),
                QUEUE,
                list(PostfixServices.RULES),
                SERVICES));
    }

    @Override
    public boolean owns(String program) {
        return PostfixProgram.mayBe(program);
    }

    @Override
    public void read(Event.Builder event) {
        event.daemon(Daemon.POSTFIX);
        PostfixProgram program = program(event.line().program());
        RuleList family = families.getOrDefault(program.process(), all);
        Cursor cursor = new Cursor(withoutTrailingBlanks(event.line().message()));
        if (!read(cursor, event, program, family)) {
            event.clear();
        }
        if (!program.certain() && !isTelling(event.build())) {
            event.clear().daemon(Daemon.UNKNOWN);
        }
    }

    @Override
    public List<Rule> rules() {
        return all.rules();
    }

    /** What carries lines here may add blanks at their end. */
    private static String withoutTrailingBlanks(String message) {
        int end = message.length();
        while (end > 0 && message.charAt(end - 1) == ' ') {
            end--;
        }
        return message.substring(0, end);
    }

    /** Whether the message alone shows that Postfix wrote it: not by a rule that any text with such a beginning fits. */
    private static boolean isTelling(Event event) {
        return !event.rule().isEmpty()
                && !event.rule().startsWith("any/")
                && !event.rule().startsWith("fatal/");
    }

    private boolean read(Cursor cursor, Event.Builder event, PostfixProgram program, RuleList family) {
        takeQueueId(cursor, event);
        if (family == smtpd || family == screen || family == proxy) {
            program.putService(event);
        } else if (family == delivery) {
            event.put(Field.TRANSPORT, program.transport());
        }
        return family.read(cursor, event) || (family != all && all.read(cursor, event));
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

    private static RuleList list(List<Rule> own) {
        return list(own, List.of());
    }

    private static RuleList list(List<Rule> own, List<Rule> last) {
        List<Rule> rules = new ArrayList<>(own);
        rules.addAll(PostfixNotices.RULES);
        rules.addAll(last);
        return new RuleList(rules);
    }

    private static Map<String, RuleList> byProcess(Map<RuleList, List<String>> families) {
        Map<String, RuleList> found = new HashMap<>();
        families.forEach((rules, processes) -> processes.forEach(process -> found.put(process, rules)));
        return Map.copyOf(found);
    }
}
