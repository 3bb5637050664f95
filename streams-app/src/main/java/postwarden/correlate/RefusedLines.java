package postwarden.correlate;

import java.util.Locale;
import java.util.Optional;
import postwarden.correlate.Trace.Refused;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Reason;
import postwarden.event.Status;

/**
 * Refusals for reputation that name an address of ours. Of one account alone they may be its doing; once another account's mail
 * is refused by the same address they say something of the host, whoever spoilt its name, and nothing of whose mail it is.
 */
final class RefusedLines {
    private static final String REFUSED = "refused";
    /** Digits and dots, or hexadecimal digits and colons (RFC 4291, 2.2), at their longest. */
    private static final int LONGEST = 45;

    private static final int BYTES = 4;
    private static final int BYTE_DIGITS = 3;
    /** Colons of an IPv6 address, at least, that a time of day has not. */
    private static final int COLONS = 3;

    private final Aging<Trace> traces;
    private final CorrelatorParams params;

    RefusedLines(Aging<Trace> traces, CorrelatorParams params) {
        this.traces = traces;
        this.params = params;
    }

    Event delivered(Event event) {
        String account = event.text(Field.ACCOUNT, "").toLowerCase(Locale.ROOT);
        if (account.isEmpty() || account.length() > QueueEntry.TEXT_LIMIT || !isReputation(event)) {
            return event;
        }
        String ours = named(event.text(Field.REPLY_TEXT, ""), event.text(Field.RELAY_IP, ""));
        return ours.isEmpty() ? event : refused(event, account, Keys.of(event.line(), REFUSED, ours));
    }

    private Event refused(Event event, String account, String key) {
        long now = event.time().toEpochMilli();
        Optional<Refused> known =
                traces.get(key, now).filter(Refused.class::isInstance).map(Refused.class::cast);
        Refused after = known.map(before -> before.again(now, account))
                .orElseGet(() -> new Refused(now, account, Long.MIN_VALUE));
        traces.put(key, after, known.isEmpty());
        boolean shared = after.other() != Long.MIN_VALUE
                && now - after.other() <= after.kept(params).toMillis();
        return shared ? event.toBuilder().put(Field.OF_HOST, true).build() : event;
    }

    private static boolean isReputation(Event event) {
        boolean refused = event.says(Field.STATUS, Status.BOUNCED) || event.says(Field.STATUS, Status.DEFERRED);
        return refused && (event.reason() == Reason.REPUTATION || event.reason() == Reason.BLOCKLISTED);
    }

    /** The first address in a reply that is not the other side's own; empty when there is none. */
    static String named(String reply, String relay) {
        int at = 0;
        while (at < reply.length()) {
            int end = at;
            while (end < reply.length() && isOfAddress(reply.charAt(end))) {
                end++;
            }
            String word = end - at > LONGEST ? "" : trimmed(reply, at, end);
            if (isAddress(word) && !word.equalsIgnoreCase(relay)) {
                return word.toLowerCase(Locale.ROOT);
            }
            at = end + 1;
        }
        return "";
    }

    /** Without the stop that ends a sentence. */
    private static String trimmed(String reply, int from, int end) {
        int to = end;
        while (to > from && (reply.charAt(to - 1) == '.' || reply.charAt(to - 1) == ':')) {
            to--;
        }
        return reply.substring(from, to);
    }

    private static boolean isOfAddress(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == '.' || c == ':';
    }

    private static boolean isAddress(String word) {
        return word.indexOf(':') < 0
                ? isIpv4(word)
                : word.chars().filter(c -> c == ':').count() >= COLONS && word.indexOf('.') < 0;
    }

    private static boolean isIpv4(String word) {
        int bytes = 0;
        int digits = 0;
        for (int at = 0; at < word.length(); at++) {
            char c = word.charAt(at);
            if (c == '.') {
                bytes += digits > 0 && digits <= BYTE_DIGITS ? 1 : BYTES;
                digits = 0;
            } else if (c <= '9') {
                digits++;
            } else {
                return false;
            }
        }
        return bytes == BYTES - 1 && digits > 0 && digits <= BYTE_DIGITS;
    }
}
