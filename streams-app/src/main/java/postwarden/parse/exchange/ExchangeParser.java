package postwarden.parse.exchange;

import java.util.List;
import java.util.stream.Stream;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.parse.reply.Replies;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.DaemonParser;
import postwarden.parse.rule.Rule;
import postwarden.parse.rule.RuleList;

/**
 * Microsoft Exchange Server 2010 to 2019 and SE: SMTP protocol logs, message tracking, POP3 and IMAP4 protocol logs. The header reader
 * knows which log a row is of and says it as the program; the message is the row behind its time.
 */
public final class ExchangeParser implements DaemonParser {
    private static final String FAMILY = "exchange";
    private static final RuleList HEADINGS = new RuleList(List.of(
            new Rule("exchange/version", "#Version: ", ExchangeParser::version),
            new Rule("exchange/heading", "#", ExchangeParser::heading)));

    private final ReceiveLog receive;
    private final SendLog send;
    private final TrackingLog tracking;
    private final MailboxLog mailbox;

    public ExchangeParser(Replies replies) {
        receive = new ReceiveLog(replies);
        send = new SendLog(replies);
        tracking = new TrackingLog(replies);
        mailbox = new MailboxLog();
    }

    @Override
    public boolean owns(String program) {
        return program.equals(FAMILY) || program.startsWith(FAMILY + "/");
    }

    @Override
    public void read(Event.Builder event) {
        event.daemon(Daemon.EXCHANGE);
        String message = event.line().message();
        if (!(message.startsWith("#") ? HEADINGS.read(new Cursor(message), event) : row(event, message))) {
            event.clear();
        }
    }

    @Override
    public List<Rule> rules() {
        return Stream.of(HEADINGS.rules(), receive.rules(), send.rules(), tracking.rules(), mailbox.rules())
                .flatMap(List::stream)
                .toList();
    }

    private boolean row(Event.Builder event, String message) {
        Row row = Row.of(message);
        return switch (event.line().program()) {
            case "exchange/smtp-receive" -> receive.read(row, event);
            case "exchange/smtp-send" -> send.read(row, event);
            case "exchange/message-tracking" -> tracking.read(row, event);
            case "exchange/imap4" -> mailbox.read(row, event, "imap");
            case "exchange/pop3" -> mailbox.read(row, event, "pop3");
            default -> false;
        };
    }

    private static boolean version(Cursor cursor, Event.Builder event) {
        event.put(Field.VERSION, cursor.word().strip());
        return heading(cursor, event);
    }

    private static boolean heading(Cursor cursor, Event.Builder event) {
        event.kind(Kind.OTHER).put(Field.TEXT, cursor.text().strip());
        return true;
    }
}
