package postwarden.correlate;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Origin;

/**
 * Whether the words of a refusal are a smarthost's: a relay that takes mail for others, and not the recipient's own server.
 *
 * <p>No mail exchanger serves two of the large providers. So a relay that this host has sent to with mail for both, say,
 * Gmail and Outlook is a smarthost, and it is one for every other recipient too. A relay on a submission port (RFC 6409,
 * RFC 8314) is one by itself. The configuration names others.
 */
final class SmarthostLines {
    private static final Set<Long> SUBMISSION_PORTS = Set.of(587L, 465L);
    private static final int ENOUGH_PROVIDERS = 2;
    private static final String RELAY = "relay";

    /** Who serves the mail of a well-known domain; those that moved to another's servers are left out. */
    private static final Map<String, Integer> PROVIDERS = Map.ofEntries(
            Map.entry("gmail.com", 0),
            Map.entry("googlemail.com", 0),
            Map.entry("outlook.com", 1),
            Map.entry("hotmail.com", 1),
            Map.entry("live.com", 1),
            Map.entry("msn.com", 1),
            Map.entry("hotmail.co.uk", 1),
            Map.entry("hotmail.fr", 1),
            Map.entry("hotmail.de", 1),
            Map.entry("yahoo.com", 2),
            Map.entry("yahoo.co.uk", 2),
            Map.entry("yahoo.fr", 2),
            Map.entry("yahoo.de", 2),
            Map.entry("aol.com", 2),
            Map.entry("icloud.com", 3),
            Map.entry("me.com", 3),
            Map.entry("mac.com", 3),
            Map.entry("gmx.de", 4),
            Map.entry("gmx.net", 4),
            Map.entry("gmx.at", 4),
            Map.entry("web.de", 4),
            Map.entry("mail.com", 4),
            Map.entry("t-online.de", 5),
            Map.entry("orange.fr", 6),
            Map.entry("wanadoo.fr", 6),
            Map.entry("free.fr", 7),
            Map.entry("laposte.net", 8),
            Map.entry("mail.ru", 9),
            Map.entry("yandex.ru", 10),
            Map.entry("qq.com", 11),
            Map.entry("163.com", 12),
            Map.entry("126.com", 12),
            Map.entry("protonmail.com", 13),
            Map.entry("proton.me", 13),
            Map.entry("libero.it", 14),
            Map.entry("wp.pl", 15),
            Map.entry("seznam.cz", 16));

    private final Aging<Trace> traces;
    private final Set<String> named;

    SmarthostLines(Aging<Trace> traces, CorrelatorParams params) {
        this.traces = traces;
        named = params.smarthosts();
    }

    /** A delivery or a trouble with a relay, with the smarthost's name on what it said. */
    Event told(Event event) {
        learn(event);
        return event.says(Field.ORIGIN, Origin.REMOTE) && isSmarthost(event)
                ? event.toBuilder().put(Field.ORIGIN, Origin.SMARTHOST).build()
                : event;
    }

    private boolean isSmarthost(Event event) {
        String name = event.text(Field.RELAY_HOST, "").toLowerCase(Locale.ROOT);
        String ip = event.text(Field.RELAY_IP, "");
        return SUBMISSION_PORTS.contains(event.number(Field.RELAY_PORT, 0))
                || isNamed(event.host(), name)
                || isNamed(event.host(), ip)
                || relay(event).filter(known -> Long.bitCount(known.providers()) >= ENOUGH_PROVIDERS).isPresent();
    }

    private boolean isNamed(String host, String relay) {
        return !relay.isEmpty() && !named.isEmpty() && (named.contains(relay) || named.contains(host + '=' + relay));
    }

    /** Whatever became of a delivery, the relay was asked to take it. */
    private void learn(Event event) {
        Integer provider = PROVIDERS.get(domain(event));
        String key = key(event);
        if (provider == null || key.isEmpty()) {
            return;
        }
        Optional<Trace.Relay> known = relay(event);
        long providers = known.map(Trace.Relay::providers).orElse(0L) | 1L << provider;
        traces.put(key, new Trace.Relay(event.time().toEpochMilli(), providers), known.isEmpty());
    }

    private Optional<Trace.Relay> relay(Event event) {
        String key = key(event);
        return key.isEmpty()
                ? Optional.empty()
                : traces.get(key, event.time().toEpochMilli())
                        .filter(Trace.Relay.class::isInstance)
                        .map(Trace.Relay.class::cast);
    }

    /** By name, because a name's addresses change; by address where there is no name. */
    private static String key(Event event) {
        String name = event.text(Field.RELAY_HOST, event.text(Field.RELAY_IP, ""));
        boolean usable = event.has(Field.RELAY_IP) && !name.isEmpty() && name.length() <= QueueEntry.TEXT_LIMIT;
        return usable ? Keys.of(event.line(), RELAY, name.toLowerCase(Locale.ROOT)) : "";
    }

    private static String domain(Event event) {
        String recipient = event.text(Field.RECIPIENT, "");
        return recipient.substring(recipient.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }
}
