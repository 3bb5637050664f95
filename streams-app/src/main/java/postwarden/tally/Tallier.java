package postwarden.tally;

import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.LocalAddress;

/**
 * What each event counts for: one page that says which kind goes to whom. Pure; the event must have passed the correlator,
 * which says whose it is and whether it was counted before. Each attempt, message and connection is counted once.
 *
 * <p>Late and out-of-order events are as good as any: what they add does not depend on what was added before.
 */
public final class Tallier {
    private final SystemCounts systems;

    /** With wide prefixes in the place of autonomous systems. */
    public Tallier() {
        this(Systems.PREFIXES);
    }

    /** @param systems that accounts' addresses belong to */
    public Tallier(Systems systems) {
        this.systems = new SystemCounts(systems);
    }

    /** Adds the event to the tallies that it concerns, each of which is opened once. */
    public void tally(Event event, TallySink sink) {
        Tally server = sink.open(Watch.SERVER, event.host());
        server.add(Count.LINES, event.weight());
        Marks.daemon(server, event);
        if (event.is(Kind.UNRECOGNISED)) {
            server.add(Count.UNRECOGNISED, event.weight());
        } else if (event.is(Kind.LOG_GAP)) {
            gap(event, server);
        } else if (!event.has(Field.COPY)) {
            sort(event, server, sink);
        }
    }

    private void sort(Event event, Tally server, TallySink sink) {
        if (event.has(Field.UNTOLD_BEGIN)) {
            SessionCounts.begun(event, server, Watch.SERVER);
            client(event, sink).with(tally -> SessionCounts.begun(event, tally, Watch.CLIENT));
        }
        switch (event.kind()) {
            case CONNECT, DISCONNECT, LOST_CONNECTION, TIMEOUT -> session(event, server, sink);
            case CONNECTION_LIMIT -> {
                LimitCounts.limit(event, server, Watch.SERVER);
                client(event, sink).with(tally -> LimitCounts.limit(event, tally, Watch.CLIENT));
                account(event, sink).with(tally -> LimitCounts.limit(event, tally, Watch.ACCOUNT));
            }
            case PROTOCOL_ABUSE, TLS_ERROR, REJECT, DEFER_REJECT, GREYLIST, DNSBL, SPAM, VIRUS, POLICY -> {
                RefusalCounts.refusal(event, server);
                LoopCounts.stated(event, server);
                StorageCounts.refusal(event, server);
                SessionCounts.handshake(event, server, Watch.SERVER);
                client(event, sink).with(tally -> {
                    RefusalCounts.refusal(event, tally);
                    SessionCounts.handshake(event, tally, Watch.CLIENT);
                });
                account(event, sink).with(tally -> refusal(event, tally));
            }
            case AUTH_SUCCESS, AUTH_FAILURE, AUTH_ERROR, AUTH_ABUSE, NO_AUTH -> login(event, server, sink);
            case RECEIVED, QUEUE_ACTIVE -> message(event, server, sink);
            case DELIVERY -> delivery(event, server, sink);
            case STATS -> statistic(event, server, sink);
            case TLS -> server.mark(Mark.TLS);
            case WARNING, ERROR -> StorageCounts.complaint(event, server);
            case TRANSFER -> server.add(Count.TRANSFERS, event.weight());
            default -> {
                // Of no interest to any count but LINES; a new kind must be entered above to count.
            }
        }
    }

    private static void refusal(Event event, Tally account) {
        RefusalCounts.refusal(event, account);
        PanelCounts.stated(event, account);
    }

    /** A session without a client is one of this host's own processes, such as Postfix handing mail to Dovecot. */
    private static void session(Event event, Tally server, TallySink sink) {
        if (event.has(Field.CLIENT_IP) || !certain(event)) {
            SessionCounts.session(event, server, Watch.SERVER);
            client(event, sink).with(tally -> SessionCounts.session(event, tally, Watch.CLIENT));
        }
    }

    private static void statistic(Event event, Tally server, TallySink sink) {
        SessionCounts.statistic(event, server, Watch.SERVER);
        if (SessionCounts.sumsUp(event)) {
            client(event, sink).with(tally -> SessionCounts.statistic(event, tally, Watch.CLIENT));
        }
    }

    private void login(Event event, Tally server, TallySink sink) {
        LoginCounts.login(event, server, Watch.SERVER);
        client(event, sink).with(tally -> LoginCounts.login(event, tally, Watch.CLIENT));
        account(event, sink).with(tally -> {
            LoginCounts.login(event, tally, Watch.ACCOUNT);
            systems.login(event, tally);
        });
    }

    private void message(Event event, Tally server, TallySink sink) {
        boolean first = event.has(Field.FIRST);
        if (!first && !event.has(Field.LOGIN)) {
            return;
        }
        MessageCounts.message(event, server, Watch.SERVER);
        client(event, sink).with(tally -> MessageCounts.message(event, tally, Watch.CLIENT));
        account(event, sink).with(tally -> {
            MessageCounts.message(event, tally, Watch.ACCOUNT);
            systems.message(event, tally);
        });
        if (first && MessageCounts.isOurs(event)) {
            sender(event, sink).with(tally -> MessageCounts.message(event, tally, Watch.SENDER));
        }
    }

    private static void delivery(Event event, Tally server, TallySink sink) {
        boolean remote = Remote.isRemote(event);
        DeliveryCounts.delivery(event, server, Watch.SERVER, remote);
        LeadCounts.delivery(event, server, remote);
        if (remote) {
            EgressCounts.delivery(event, server);
        }
        LoopCounts.stated(event, server);
        // A client that needs no login may be a gateway, whose mail for people here is strangers'.
        if (remote || !LocalAddress.isAccount(event.text(Field.ACCOUNT, ""))) {
            account(event, sink).with(tally -> delivery(event, tally, remote));
        }
        if (remote) {
            sender(event, sink).with(tally -> DeliveryCounts.delivery(event, tally, Watch.SENDER, true));
            destination(event, sink).with(tally -> {
                DeliveryCounts.delivery(event, tally, Watch.DESTINATION, true);
                TurnedAwayCounts.delivery(event, tally);
            });
        }
    }

    private static void delivery(Event event, Tally account, boolean remote) {
        DeliveryCounts.delivery(event, account, Watch.ACCOUNT, remote);
        PanelCounts.stated(event, account);
    }

    private static void gap(Event event, Tally server) {
        server.mark(Mark.LOG_GAP).add(Count.LOST_LINES, Math.max(1, event.number(Field.LOST, 1)), event);
    }

    private static Opened client(Event event, TallySink sink) {
        String ip = certain(event) ? event.text(Field.CLIENT_IP, "") : "";
        String name = ip.isEmpty() ? "" : Networks.client(ip);
        if (name.isEmpty()) {
            return Opened.NOBODY;
        }
        Tally tally = sink.open(Watch.CLIENT, name);
        Marks.client(tally, event, ip);
        return new Opened(tally);
    }

    private static Opened account(Event event, TallySink sink) {
        return open(sink, Watch.ACCOUNT, certain(event) ? Addresses.account(event) : "", event);
    }

    private static Opened sender(Event event, TallySink sink) {
        return open(sink, Watch.SENDER, certain(event) ? Addresses.sender(event) : "", event);
    }

    private static Opened destination(Event event, TallySink sink) {
        return open(sink, Watch.DESTINATION, certain(event) ? Addresses.recipientDomain(event) : "", event);
    }

    private static Opened open(TallySink sink, Watch watch, String name, Event event) {
        if (name.isEmpty()) {
            return Opened.NOBODY;
        }
        Tally tally = sink.open(watch, name);
        Marks.daemon(tally, event);
        return new Opened(tally);
    }

    private static boolean certain(Event event) {
        return !event.has(Field.AMBIGUOUS);
    }
}
