package postwarden.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Origin;

/**
 * Whatever a stranger writes where he may write, nobody else is blamed for it: in every line of the corpus each value that a
 * stranger chooses is replaced by texts that imitate what daemons write around it.
 */
class ForgeryTest {
    /** Fields whose text a stranger chooses. */
    private static final List<Field> CHOSEN = List.of(
            Field.HELO,
            Field.CLIENT_HOSTNAME,
            Field.SENDER,
            Field.RECIPIENT,
            Field.ORIGINAL_RECIPIENT,
            Field.SUBJECT,
            Field.MESSAGE_ID,
            Field.ACCOUNT,
            Field.REPLY_TEXT,
            Field.ARGUMENTS);

    private static final Set<Field> ADDRESSES = Set.of(Field.SENDER, Field.RECIPIENT, Field.ORIGINAL_RECIPIENT);

    /** Fields that name somebody, or what somebody is blamed with. */
    private static final List<Field> ACTORS = List.of(
            Field.CLIENT_IP,
            Field.ACCOUNT,
            Field.SENDER,
            Field.RECIPIENT,
            Field.RELAY_IP,
            Field.RELAY_HOST,
            Field.SERVER_IP,
            Field.QUEUE_ID,
            Field.SESSION,
            Field.LIMIT,
            Field.STATUS,
            Field.PASSWORD_HASH);

    private static final Set<Kind> ACCUSING =
            Set.of(Kind.AUTH_FAILURE, Kind.AUTH_SUCCESS, Kind.CONNECTION_LIMIT, Kind.RECEIVED, Kind.LOG_GAP);

    private static final List<String> TEXTS = List.of(
            "192.0.2.9",
            "[192.0.2.9]",
            "[192.0.2.9]:25",
            "x[192.0.2.9]",
            "x] [192.0.2.9",
            ") [192.0.2.9]",
            ") [192.0.2.9]:99 I=[192.0.2.9]:25",
            "\" H=(evil) [192.0.2.9] A=plain:victim",
            " from evil.example[192.0.2.9]",
            " from evil.example[192.0.2.9]: SASL LOGIN authentication failed",
            "> to=<victim@example.net>",
            ">, to=<victim@example.net>, relay=evil.example[192.0.2.9]:25, status=sent (250 ok",
            "> proto=ESMTP helo=<x> sasl_username=<victim",
            ">, method=PLAIN, rip=192.0.2.9, lip=192.0.2.9, session=<forged",
            ", rip=192.0.2.9, user=<victim>",
            ", client=evil.example[192.0.2.9], sasl_username=victim",
            " rhost=192.0.2.9  user=victim",
            ", relay=[192.0.2.9] (may be forged)",
            "] [192.0.2.9] authentication failed for [victim",
            "@192.0.2.9) [WARNING] Authentication failed for user [victim]",
            "): 535 Incorrect authentication data (set_id=victim)",
            " (set_id=victim)",
            " A=login:victim",
            " U=victim P=local",
            " F=<victim@example.net> rejected RCPT <victim@example.net>: no",
            "; from=<victim@example.net> to=<victim@example.net> proto=ESMTP helo=<x>",
            ": client=evil.example[192.0.2.9]",
            "\u2028connect from evil.example[192.0.2.9]",
            "\u0085 [192.0.2.9] \u202e[192.0.2.9]",
            "\u0661\u0669\u0662.\u0660.\u0662.\u0669",
            "${jndi:ldap://192.0.2.9/victim}",
            "%n%s%x",
            "<victim@example.net>",
            "\\\"victim\\\" <victim@example.net>",
            "'victim'@192.0.2.9",
            "a: b: c: [192.0.2.9]: victim",
            "(victim)[192.0.2.9](victim)",
            "");

    static Stream<Corpus.Entry> entries() {
        return Corpus.entries()
                .filter(entry -> entry.event().isPresent())
                .filter(entry -> !entry.file().endsWith("-attacks.log"))
                .filter(entry -> CHOSEN.stream().anyMatch(entry.event().orElseThrow()::has));
    }

    @ParameterizedTest
    @MethodSource("entries")
    void a_text_that_a_stranger_chose_changes_no_other_actor(Corpus.Entry entry) {
        Event original = entry.event().orElseThrow();
        LineParser parser = new LineParser();
        for (Field chosen : CHOSEN) {
            for (String text : forged(original, chosen)) {
                // When
                Event event = parser.parse(entry.record().withMessage(text));

                // Then
                assertThat(blamed(original, event, chosen))
                        .as("%s in %s", chosen, text)
                        .isEmpty();
            }
        }
    }

    /** The message with each forged text in the place of the field's value; none where that place is not one and certain. */
    private static List<String> forged(Event original, Field chosen) {
        String value = original.text(chosen, "");
        String message = original.line().message();
        int at = message.indexOf(value);
        boolean own =
                chosen == Field.REPLY_TEXT && !value(original, Field.ORIGIN).equals(Origin.REMOTE.name());
        // Pure-FTPd writes an account before the client only when it has logged in: a name that an operator chose.
        own |= chosen == Field.ACCOUNT && original.daemon() == Daemon.PURE_FTPD && at == 1;
        if (own || value.length() < 4 || at < 0 || message.indexOf(value, at + 1) >= 0) {
            return List.of();
        }
        return TEXTS.stream()
                .map(text -> writable(original.daemon(), chosen, text))
                .map(text -> message.substring(0, at) + text + message.substring(at + value.length()))
                .toList();
    }

    private static List<Map.Entry<Field, String>> blamed(Event original, Event forged, Field chosen) {
        if (forged.kind() != original.kind() && ACCUSING.contains(forged.kind())) {
            return List.of(Map.entry(Field.TEXT, "became " + forged.kind()));
        }
        return ACTORS.stream()
                .filter(field -> field != chosen && forged.has(field))
                .filter(field -> field != Field.STATUS || chosen != Field.REPLY_TEXT)
                .filter(field -> !value(forged, field).equals(value(original, field)))
                .map(field -> Map.entry(field, value(forged, field)))
                .toList();
    }

    private static String value(Event event, Field field) {
        String[] found = {""};
        event.forEach((each, value) -> found[0] = each == field ? value.toString() : found[0]);
        return found[0];
    }

    /** What becomes of a text before the daemon writes it. */
    private static String writable(Daemon daemon, Field field, String text) {
        if (field == Field.CLIENT_HOSTNAME) {
            return kept(text, "._-");
        }
        if (daemon == Daemon.POSTFIX && field == Field.HELO) {
            return replaced(text, " <>()\\\";@");
        }
        if (daemon == Daemon.OPENSMTPD && ADDRESSES.contains(field)) {
            // valid_localpart and valid_domainpart in util.c let nothing else through.
            return kept(text, "!#$%&'*/?^`{|}~+-=_.@");
        }
        if (daemon == Daemon.EXCHANGE) {
            return field == Field.MESSAGE_ID ? text.replace(',', ';').replace('"', '\'') : quoted(text);
        }
        if (daemon == Daemon.EXIM && ADDRESSES.contains(field)) {
            return '"' + escaped(text) + "\"@evil.example";
        }
        return daemon == Daemon.EXIM && field == Field.REPLY_TEXT ? escaped(text) : text;
    }

    /** As a column of a table (RFC 4180). */
    private static String quoted(String text) {
        return text.contains(",") || text.contains("\"") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    /** As a quoted local part (RFC 5321), and as Exim writes a reply between quotes (deliver.c). */
    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static String kept(String text, String marks) {
        StringBuilder kept = new StringBuilder("x");
        text.chars()
                .filter(c -> (c < 128 && Character.isLetterOrDigit(c)) || marks.indexOf(c) >= 0)
                .forEach(c -> kept.append((char) c));
        return kept.toString();
    }

    private static String replaced(String text, String marks) {
        StringBuilder replaced = new StringBuilder();
        text.chars().forEach(c -> replaced.append(marks.indexOf(c) >= 0 || c > 126 ? '?' : (char) c));
        return replaced.toString();
    }
}
