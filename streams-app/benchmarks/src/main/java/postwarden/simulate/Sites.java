package postwarden.simulate;

import java.util.ArrayList;
import java.util.List;
import postwarden.simulate.Answer.Stage;

/** The rest of the world's mail: where ours goes to, and who writes to us. */
final class Sites {
    /** Local parts that begin so belong to people who left. */
    static final String GONE = "old.";

    private static final int DOMAINS = 400;
    /** Flattens the head: the largest provider takes a twelfth of the mail. */
    private static final double FLAT = 6;

    private static final double GREYLISTING = .06;
    private static final double DEAD = .01;
    private static final double SOMETIMES_BUSY = .003;
    private static final long GREY = 5 * Agenda.MINUTE;
    private static final double CONNECT_TIMEOUT = 30;
    private static final List<String> NAMES = List.of(
            "alex", "kim", "sam", "nora", "ben", "carla", "david", "emma", "felix", "grace", "ivan", "julia", "kurt",
            "lena", "marc", "nils", "olga", "peter", "quinn", "rosa", "tina", "umar", "vera", "will", "zoe");

    private final Addresses addresses;
    private final List<Site> sites = new ArrayList<>();
    private final List<Client> peers = new ArrayList<>();
    private int founded;

    Sites(Addresses addresses, Chance chance) {
        this.addresses = addresses;
        for (int number = 0; number < DOMAINS; number++) {
            double luck = number < 10 ? 1 : (double) chance.below(1000) / 1000;
            String domain = "site" + number + ".example";
            Site.Manner manner =
                    luck < GREYLISTING ? Sites::greylists : luck < GREYLISTING + DEAD ? Sites::silent : Sites::takes;
            sites.add(new Site(domain, addresses.site(), manner));
            peers.add(addresses.peer(domain));
        }
    }

    Site site(Chance chance) {
        return chance.frequent(sites, FLAT);
    }

    /** A site that nobody else writes to, so that what is done to it concerns nobody else. */
    Site found(String what) {
        return new Site(what + founded++ + ".example", addresses.site(), Sites::takes);
    }

    Client peer(Chance chance) {
        return chance.frequent(peers, FLAT);
    }

    /** Of the well-known mail servers of others, the first ones. */
    List<Client> peers(int most) {
        return peers.subList(0, Math.min(most, peers.size()));
    }

    Outbox.To somebody(Chance chance) {
        return somebodyAt(site(chance), chance);
    }

    static Outbox.To somebodyAt(Site site, Chance chance) {
        return new Outbox.To(name(chance) + "@" + site.domain, site);
    }

    /** Somebody who is not there any more. */
    Outbox.To nobody(Chance chance) {
        Site site = site(chance);
        return new Outbox.To(GONE + name(chance) + "@" + site.domain, site);
    }

    static String name(Chance chance) {
        return chance.of(NAMES) + "." + chance.of(NAMES) + chance.below(1000);
    }

    static Answer takes(Site.Try attempt) {
        if (attempt.to().startsWith(GONE)) {
            return Answer.unknownUser(attempt.to(), .1);
        }
        return attempt.chance().once(SOMETIMES_BUSY)
                ? Answer.deferred(Stage.CONNECT, "4.3.2", "421 4.3.2 Service not available, try again later", .1, 0)
                : attempt.taken();
    }

    static Answer greylists(Site.Try attempt) {
        return attempt.age() < GREY
                ? Answer.deferred(
                        Stage.RECIPIENT,
                        "4.2.0",
                        "450 4.2.0 <" + attempt.to() + ">: Recipient address rejected: Greylisted, see"
                                + " http://postgrey.schweikert.ch/help/" + attempt.site().domain + ".html",
                        .1,
                        .05)
                : takes(attempt);
    }

    static Answer silent(Site.Try attempt) {
        return Answer.deferred(
                Stage.NO_CONNECTION,
                "4.4.1",
                "connect to " + attempt.site() + ":25: Connection timed out",
                CONNECT_TIMEOUT,
                0);
    }
}
