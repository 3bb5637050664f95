package postwarden.parse.sendmail;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.parse.reply.Replies;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.DaemonParser;
import postwarden.parse.rule.Remarks;
import postwarden.parse.rule.Rule;
import postwarden.parse.rule.RuleList;

/**
 * Sendmail 8.9 to 8.18: {@code s1GNXHYB005133: from=…}. A message over 1024 bytes comes in pieces, {@code id[1]: … ...}
 * (util.c, sm_syslog), of which none is whole, so they name nobody.
 */
public final class SendmailParser implements DaemonParser {
    private static final int SHORTEST_ID = 8;
    private static final int LONGEST_ID = 20;

    private static final Set<String> PROGRAMS = Set.of(
            "sendmail",
            "sm-mta",
            "sm-msp-queue",
            "sm-msp",
            "sm-msa",
            "sm-que",
            "sm-acceptingconnections",
            "sendmail-in",
            "sendmail-out",
            "sendmail-mta",
            "sendmail-msp",
            "newaliases",
            "mta");

    private static final Rule PIECE = new Rule("sendmail/piece", "", (cursor, event) -> Remarks.put(Kind.OTHER, event));

    private final RuleList rules;

    /** @param replies what replies of the other side mean */
    public SendmailParser(Replies replies) {
        List<Rule> all = new ArrayList<>();
        all.addAll(SendmailMail.RULES);
        all.addAll(new SendmailDelivery(replies).rules());
        all.addAll(new SendmailRefusals(replies).rules());
        all.addAll(SendmailSessions.RULES);
        all.addAll(SendmailLogins.RULES);
        all.addAll(SendmailLimits.RULES);
        all.addAll(SendmailNotices.RULES);
        rules = new RuleList(all);
    }

    @Override
    public boolean owns(String program) {
        return PROGRAMS.contains(program);
    }

    @Override
    public void read(Event.Builder event) {
        event.daemon(Daemon.SENDMAIL);
        Cursor cursor = new Cursor(event.line().message());
        if (!queueId(cursor, event)) {
            PIECE.reading().read(cursor, event);
            event.rule(PIECE.name());
        } else if (!rules.read(cursor, event)) {
            event.clear();
        }
    }

    @Override
    public List<Rule> rules() {
        List<Rule> all = new ArrayList<>(rules.rules());
        all.add(PIECE);
        return all;
    }

    /** Moves behind {@code s1GNXHYB005133: } or {@code NOQUEUE: } if the message begins with it; false for a piece. */
    private static boolean queueId(Cursor cursor, Event.Builder event) {
        String text = cursor.text();
        if (text.startsWith("NOQUEUE: ")) {
            cursor.moveTo("NOQUEUE: ".length());
            return true;
        }
        int end = 0;
        while (end < text.length() && isIdCharacter(text.charAt(end))) {
            end++;
        }
        if (!isId(text.substring(0, end))) {
            return true;
        }
        cursor.moveTo(end);
        if (cursor.take(": ")) {
            event.put(Field.QUEUE_ID, text.substring(0, end));
            return true;
        }
        boolean piece = cursor.take('[') && cursor.number() > 0 && cursor.take("]: ");
        cursor.moveTo(0);
        return !piece;
    }

    /** Whether it can be a queue id: {@code OAA12345} until 8.11, {@code s1GNXHYB005133} since. */
    static boolean isId(String text) {
        return text.length() >= SHORTEST_ID
                && text.length() <= LONGEST_ID
                && text.chars().allMatch(c -> isIdCharacter((char) c))
                && text.chars().anyMatch(c -> c <= '9');
    }

    private static boolean isIdCharacter(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }
}
