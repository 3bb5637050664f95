package postwarden.detect.egress;

import java.util.List;
import postwarden.detect.Cause;
import postwarden.detect.reading.Say;
import postwarden.detect.reading.Weighing;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Tally;

/**
 * What closes a host's way out, by how its attempts end: what a firewall drops runs into time-outs, what is refused was answered by
 * a machine on the way or here, and where there is no route nothing left the host at all.
 */
final class EgressCauses {
    /** Weight of the cause that stays; nothing that a window says weighs more than 1. */
    private static final double KEPT = 1;
    /** Of what is in no route: what a firewall that answers by ICMP does looks the same. */
    private static final double FIREWALL = 0.1;

    private EgressCauses() {}

    /**
     * @param whole whether nothing gets out, and not a part of it
     * @param kept the cause that stays whatever this window says; empty for what the window says
     */
    static List<Cause> of(Tally window, EgressBlockedParams params, boolean whole, String kept) {
        long late = window.count(Count.REMOTE_TIMEOUTS);
        long broken = window.count(Count.NETWORK_TROUBLE);
        long names = window.count(Count.DNS_TROUBLE);
        long tls = window.count(Count.TLS_TROUBLE);
        double all = Math.max(1, late + broken + names + tls);
        long relays = window.distinct(Distinct.RELAYS);
        boolean one = relays > 0 && relays <= params.relays();
        double way = (late + broken) / all;
        double without = way * window.share(Count.FIRST_WITHOUT_ROUTE, Count.FIRST_UNREACHED);
        double closed = way - without;
        return new Weighing()
                .add(
                        EgressAdvice.LOSSY_WAY,
                        whole ? 0 : 2 * way,
                        window.count(Count.FIRST_REACHED)
                                + " of the same attempts were answered, so that a part of the way is" + " open")
                .add(
                        EgressAdvice.PORT_BLOCKED,
                        one ? 0.1 * way : 0.05 + 0.8 * closed + FIREWALL * without,
                        late + " connections timed out, " + broken + " were refused, lost or had no route, to "
                                + (relays == 0 ? "relays that are not named" : Say.count(relays, "relay")))
                .add(
                        EgressAdvice.SMARTHOST_DOWN,
                        one ? 0.8 * closed + 0.5 * without : 0.05 * way,
                        one
                                ? "all of them were to " + Say.count(relays, "relay")
                                : "all mail may go by one relay that its lines do not name")
                .add(
                        EgressAdvice.NO_NETWORK,
                        0.1 * closed + (one ? 0.4 : 0.85) * without,
                        without == 0
                                ? "where the whole network is gone it may look the same"
                                : window.count(Count.FIRST_WITHOUT_ROUTE)
                                        + " first attempts found no route to anybody, which a closed port does not say")
                .add(EgressAdvice.RESOLVER, names / all, names + " times a name did not resolve for now")
                .add(EgressAdvice.OWN_TLS, tls / all, tls + " handshakes failed")
                .keeping(kept, KEPT, "more spoke for it when it was found than speaks for another now")
                .causes();
    }
}
