package postwarden.parse.exim;

import java.util.Optional;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Limit;
import postwarden.event.Reason;
import postwarden.event.Stage;
import postwarden.parse.rule.Cursor;

/**
 * The numbers of a {@code ratelimit} condition in an administrator's words: {@code rate 30.1 / 1m (limit 30)} as the
 * specification suggests, {@code ratelimited (1.3/1h max:1.2)} as cPanel does.
 */
final class EximRates {
    private EximRates() {}

    /** False where the text holds no such numbers. */
    static boolean read(String why, Stage stage, Event.Builder event) {
        Cursor cursor = new Cursor(why);
        if (!find(cursor, "rate ") && !find(cursor, "ratelimited (")) {
            return false;
        }
        double observed = cursor.decimal();
        if (Double.isNaN(observed) || (!cursor.take(" / ") && !cursor.take('/'))) {
            return false;
        }
        cursor.word();
        event.put(Field.OBSERVED, observed);
        if (cursor.take(" (limit ") || cursor.take(" (max ") || cursor.take(" max:")) {
            double limit = cursor.decimal();
            if (limit == Math.rint(limit)) {
                event.put(Field.LIMIT_VALUE, (long) limit);
            } else if (!Double.isNaN(limit)) {
                event.put(Field.LIMIT_VALUE, limit);
            }
        }
        event.put(Field.LIMIT, limit(stage));
        return true;
    }

    /**
     * Whose limit is reached by {@code Sender rate overlimit - 201.3 / 1d / sam@example.com} or {@code Sender rate exceeds 100
     * messages per 1h}: that of the account where the line names one, else a sender's, whatever client he comes from. Empty
     * for any other text.
     */
    static Optional<Reason> ofSender(String why, Event.Builder event) {
        Cursor cursor = new Cursor(why);
        cursor.take('"');
        if (!cursor.take("Sender rate ")) {
            return Optional.empty();
        }
        if (cursor.take("overlimit - ")) {
            double observed = cursor.decimal();
            if (!Double.isNaN(observed)) {
                event.put(Field.OBSERVED, observed);
            }
        } else if (cursor.take("exceeds ")) {
            EximText.count(cursor, event, Field.LIMIT_VALUE);
        } else {
            return Optional.empty();
        }
        return Optional.of(event.has(Field.ACCOUNT) ? Reason.ACCOUNT_LIMIT : Reason.RATE_LIMITED);
    }

    private static boolean find(Cursor cursor, String mark) {
        int at = cursor.text().indexOf(mark);
        cursor.moveTo(at < 0 ? 0 : at + mark.length());
        return at >= 0;
    }

    private static Limit limit(Stage stage) {
        return switch (stage) {
            case RCPT -> Limit.CLIENT_RECIPIENT_RATE;
            case MAIL, DATA, END_OF_DATA -> Limit.CLIENT_MESSAGE_RATE;
            case AUTH -> Limit.CLIENT_AUTH_RATE;
            default -> Limit.CLIENT_CONNECTION_RATE;
        };
    }
}
