package postwarden.parse.rule;

import java.util.Locale;
import java.util.Optional;
import postwarden.event.Stage;

/** How far a session had come, by the words that daemons have for it. */
public final class Stages {
    private static final Optional<Stage> NONE = Optional.empty();
    private static final Optional<Stage> CONNECT = Optional.of(Stage.CONNECT);
    private static final Optional<Stage> GREETING = Optional.of(Stage.GREETING);
    private static final Optional<Stage> HELO = Optional.of(Stage.HELO);
    private static final Optional<Stage> STARTTLS = Optional.of(Stage.STARTTLS);
    private static final Optional<Stage> AUTH = Optional.of(Stage.AUTH);
    private static final Optional<Stage> MAIL = Optional.of(Stage.MAIL);
    private static final Optional<Stage> RCPT = Optional.of(Stage.RCPT);
    private static final Optional<Stage> DATA = Optional.of(Stage.DATA);
    private static final Optional<Stage> END_OF_DATA = Optional.of(Stage.END_OF_DATA);
    private static final Optional<Stage> QUIT = Optional.of(Stage.QUIT);

    private Stages() {}

    /** The stage of an SMTP command, in any case; empty for one that belongs to none, such as RSET. */
    public static Optional<Stage> ofCommand(String command) {
        return switch (command.toUpperCase(Locale.ROOT)) {
            case "CONNECT" -> CONNECT;
            case "HELO", "EHLO", "LHLO" -> HELO;
            case "STARTTLS" -> STARTTLS;
            case "AUTH" -> AUTH;
            case "MAIL" -> MAIL;
            case "RCPT" -> RCPT;
            case "DATA", "BDAT" -> DATA;
            case "END-OF-MESSAGE", "END-OF-DATA" -> END_OF_DATA;
            case "QUIT" -> QUIT;
            default -> NONE;
        };
    }

    /** The stage in Postfix's words for what its client was doing, such as {@code receiving the initial server greeting}. */
    public static Optional<Stage> ofPhrase(String phrase) {
        if (phrase.startsWith("end of DATA") || phrase.startsWith("sending end of data")) {
            return END_OF_DATA;
        }
        if (phrase.startsWith("receiving the initial server greeting")) {
            return GREETING;
        }
        if (phrase.startsWith("sending message body")) {
            return DATA;
        }
        String words = phrase.startsWith("performing the ") ? phrase.substring("performing the ".length()) : phrase;
        String command = words.startsWith("sending ") ? words.substring("sending ".length()) : words;
        int blank = command.indexOf(' ');
        return ofCommand(blank < 0 ? command : command.substring(0, blank));
    }
}
