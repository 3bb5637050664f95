package postwarden.producer.syslog;

import static postwarden.producer.syslog.Ascii.is;
import static postwarden.producer.syslog.Ascii.starts;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Logs of Microsoft Exchange Server (2010 to 2019 and SE): SMTP protocol logs, message tracking, POP3 and IMAP4 protocol logs. Headings
 * at the top of a file say which log it is, its date and its columns; a row begins with its time.
 *
 * <p>The program says which log a row is of, the message is the row behind its time. Only the columns that Exchange itself writes
 * are known: a row of a file with others is not understood, because nothing behind the header knows where they stand. A row without
 * headings before it shows what it is by its shape, or is not understood.
 */
final class ExchangeLog {
    static final String RECEIVE = "exchange/smtp-receive";
    static final String SEND = "exchange/smtp-send";
    static final String TRACKING = "exchange/message-tracking";
    static final String IMAP4 = "exchange/imap4";
    static final String POP3 = "exchange/pop3";
    /** The headings of a log that is none of these. */
    static final String OTHER = "exchange";

    private static final String SMTP_COLUMNS =
            "date-time,connector-id,session-id,sequence-number,local-endpoint," + "remote-endpoint,event,data,context";
    private static final String MAILBOX_COLUMNS =
            "dateTime,sessionId,seqNumber,sIp,cIp,user,duration,rqsize,rpsize,command,parameters,context";
    private static final String TRACKING_BEGINNING = "date-time,client-ip,client-hostname,server-ip,server-hostname,"
            + "source-context,connector-id,source,event-id,internal-message-id,message-id,";
    private static final String TRACKING_MIDDLE = "recipient-address,recipient-status,total-bytes,recipient-count,"
            + "related-recipient-address,reference,message-subject,sender-address,return-path,message-info";
    /** Exchange 2010 has no network-message-id; later versions append columns. */
    private static final List<String> KNOWN = List.of(
            SMTP_COLUMNS,
            MAILBOX_COLUMNS,
            TRACKING_BEGINNING + TRACKING_MIDDLE,
            TRACKING_BEGINNING + "network-message-id," + TRACKING_MIDDLE);

    private final Heads heads;
    private final StampReader stamp;
    private boolean inFile;
    private boolean known = true;
    private String program = OTHER;
    private Header dated;
    private String host;

    ExchangeLog(Heads heads, StampReader stamp) {
        this.heads = heads;
        this.stamp = stamp;
        host = heads.ownHost();
        dated = heads.unparsed("a heading of the log file that stands before its date");
    }

    /** Whether no heading was read that says anything of other lines. */
    boolean isBlank() {
        return !inFile && !dated.parsed() && known && program.equals(OTHER) && host.equals(heads.ownHost());
    }

    /** Headings name no host, but the first row behind them may. */
    void writtenBy(String server) {
        host = server;
    }

    /** A line that begins with {@code #}; it counts as written at the file's date. */
    Header heading(byte[] line, int from, int at, int to) {
        int end = is(line, to - 1, to, '\r') ? to - 1 : to;
        if (starts(line, at, end, "#Software: ")) {
            inFile = starts(line, at + 11, end, "Microsoft Exchange");
            program = OTHER;
            known = true;
        }
        if (!inFile) {
            return heads.unparsed("a # at the start of the line, and no log of Exchange that it is a heading of");
        }
        if (starts(line, at, end, "#Log-type: ")) {
            program = program(line, at + 11, end);
        } else if (starts(line, at, end, "#Fields: ")) {
            known = isKnown(new String(line, at + 9, end - at - 9, StandardCharsets.ISO_8859_1));
        } else if (starts(line, at, end, "#Date: ") && stamp.iso(line, at + 7, end) > 0) {
            dated = heads.of(heads.ownHost(), OTHER, Header.NO_PID, 0);
        }
        return dated.parsed()
                ? new Header(host, program, Header.NO_PID, dated.timeMicros(), dated.quality(), at - from, "")
                : dated;
    }

    /** A row whose stamp was read last; {@code comma} is where the stamp ends. */
    Header row(byte[] line, int from, int comma, int to) {
        String log = inFile ? program : ExchangeShape.program(line, comma + 1, to);
        if (!known) {
            return heads.unparsed("the file's columns are not those that Exchange writes by itself");
        }
        if (log.equals(OTHER)) {
            return heads.unparsed(
                    inFile
                            ? "a row of a log of Exchange that is neither protocol log nor message tracking"
                            : "a row without the headings of its file, and of no known shape");
        }
        String host = log.equals(RECEIVE) ? server(line, comma + 1, to) : heads.ownHost();
        return heads.of(host, log, Header.NO_PID, comma + 1 - from);
    }

    private static String program(byte[] line, int at, int end) {
        if (starts(line, at, end, "SMTP Receive")) {
            return RECEIVE;
        }
        if (starts(line, at, end, "SMTP Send")) {
            return SEND;
        }
        if (starts(line, at, end, "Message Tracking")) {
            return TRACKING;
        }
        if (starts(line, at, end, "IMAP4")) {
            return IMAP4;
        }
        return starts(line, at, end, "POP3") ? POP3 : OTHER;
    }

    private boolean isKnown(String fields) {
        return program.equals(OTHER)
                || KNOWN.stream().anyMatch(columns -> fields.equals(columns) || fields.startsWith(columns + ","));
    }

    /** The server's name in front of the connector's: {@code EX1\Default Frontend EX1}. */
    private String server(byte[] line, int at, int to) {
        int start = is(line, at, to, '"') ? at + 1 : at;
        int end = start;
        while (end < to && line[end] != '\\' && line[end] != ',') {
            end++;
        }
        return is(line, end, to, '\\') && Heads.isHost(line, start, end)
                ? heads.name(line, start, end)
                : heads.ownHost();
    }
}
