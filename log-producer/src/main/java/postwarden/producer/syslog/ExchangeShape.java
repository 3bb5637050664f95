package postwarden.producer.syslog;

import java.util.List;

/** Which log of Exchange a row is of, by its columns alone: for a row that is met without the headings of its file. */
final class ExchangeShape {
    private static final int MOST_COLUMNS = 40;
    private static final int SMTP_COLUMNS = 9;
    private static final int MAILBOX_COLUMNS = 12;
    private static final int TRACKING_COLUMNS = 21;
    private static final int SESSION = 16;
    private static final List<String> SUBMISSION = List.of("25", "465", "475", "587", "717", "2525");
    private static final List<String> SOURCES = List.of(
            "ADMIN",
            "AGENT",
            "APPROVAL",
            "BOOTLOADER",
            "DNS",
            "DSN",
            "GATEWAY",
            "MAILBOXRULE",
            "MEETINGMESSAGEPROCESSOR",
            "ORAR",
            "PICKUP",
            "POISONMESSAGE",
            "PUBLICFOLDER",
            "QUEUE",
            "REDUNDANCY",
            "RESOLVER",
            "ROUTING",
            "SAFETYNET",
            "SMTP",
            "STOREDRIVER");

    private final byte[] line;
    private final int[] start = new int[MOST_COLUMNS + 1];
    private final int[] end = new int[MOST_COLUMNS + 1];
    private int count;

    private ExchangeShape(byte[] line) {
        this.line = line;
    }

    /** The program, or {@link ExchangeLog#OTHER}; {@code at} is where the column behind the time begins. */
    static String program(byte[] line, int at, int to) {
        ExchangeShape shape = new ExchangeShape(line);
        shape.split(at, to);
        if (shape.isSmtp()) {
            return shape.direction();
        }
        if (shape.isMailbox()) {
            return shape.mailbox();
        }
        boolean tracking = shape.count >= TRACKING_COLUMNS - 1 && SOURCES.contains(shape.text(6));
        return tracking ? ExchangeLog.TRACKING : ExchangeLog.OTHER;
    }

    /** Columns are numbered from 0 behind the time. */
    private void split(int from, int to) {
        boolean quoted = false;
        start[0] = from;
        for (int i = from; i <= to && count < MOST_COLUMNS; i++) {
            if (i == to || (line[i] == ',' && !quoted)) {
                end[count++] = i;
                start[count] = i + 1;
            } else if (line[i] == '"') {
                quoted = !quoted;
            }
        }
    }

    private boolean isSmtp() {
        return count == SMTP_COLUMNS - 1
                && isSession(1)
                && Ascii.number(line, start[2], end[2]) >= 0
                && List.of("+", "-", "<", ">", "*").contains(text(5));
    }

    /** A receive connector is named with its server; otherwise the port of a mail server is this side's or the other's. */
    private String direction() {
        for (int i = start[0]; i < end[0]; i++) {
            if (line[i] == '\\') {
                return ExchangeLog.RECEIVE;
            }
        }
        boolean here = SUBMISSION.contains(port(3));
        boolean there = SUBMISSION.contains(port(4));
        if (here == there) {
            return ExchangeLog.OTHER;
        }
        return here ? ExchangeLog.RECEIVE : ExchangeLog.SEND;
    }

    private boolean isMailbox() {
        return count >= MAILBOX_COLUMNS - 1
                && isSession(0)
                && Ascii.number(line, start[1], end[1]) >= 0
                && !port(2).isEmpty()
                && !port(3).isEmpty();
    }

    private String mailbox() {
        return switch (port(2)) {
            case "143", "993", "1993", "1143" -> ExchangeLog.IMAP4;
            case "110", "995", "1995", "1110" -> ExchangeLog.POP3;
            default -> ExchangeLog.OTHER;
        };
    }

    private boolean isSession(int column) {
        for (int i = start[column]; i < end[column]; i++) {
            if (Character.digit(line[i], 16) < 0) {
                return false;
            }
        }
        return end[column] - start[column] == SESSION;
    }

    /** The digits behind the last colon of a column. */
    private String port(int column) {
        int i = end[column];
        while (i > start[column] && Ascii.isDigit(line[i - 1])) {
            i--;
        }
        boolean port = i > start[column] && line[i - 1] == ':' && end[column] - i <= 5;
        return port ? text(i, end[column]) : "";
    }

    /** A short column; a longer one as an empty text. */
    private String text(int column) {
        return end[column] - start[column] > 32 ? "" : text(start[column], end[column]);
    }

    private String text(int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append((char) (line[i] & 0xff));
        }
        return text.toString();
    }
}
