package postwarden.simulate;

/**
 * Who has which address. All are of the reserved block 240.0.0.0/4 (RFC 1112), so that nobody's is used, and each kind of
 * people has a part of it, so that a reader of a log knows at once who it was.
 */
final class Addresses {
    private static final int HOMES = 241;
    private static final int OFFICES = 242;
    private static final int CARRIERS = 243;
    private static final int PEERS = 244;
    private static final int SITES = 245;
    private static final int FIRST_BOTS = 246;
    private static final int BOT_BLOCKS = 8;
    /** A carrier's customers share 1024 addresses. */
    private static final int CARRIER = 1024;

    private int homes;
    private int offices;
    private int peers;
    private int sites;

    Client home() {
        int number = homes++;
        return new Client("dsl-" + number + ".isp.example", ip(HOMES, number * 7));
    }

    Client office() {
        int number = offices++;
        return new Client("gw-" + number + ".office.example", ip(OFFICES, number * 256 + 1));
    }

    /** One of the addresses of a carrier's customers. */
    static Client phone(int carrier, int number) {
        int address = carrier * CARRIER + Math.floorMod(number, CARRIER);
        return new Client("pool-" + address + ".mobile.example", ip(CARRIERS, address));
    }

    Client peer(String domain) {
        return new Client("mail." + domain, ip(PEERS, peers++ * 16 + 5));
    }

    String site() {
        return ip(SITES, sites++ * 16 + 5);
    }

    /** A machine of somebody who does not know that it is not his own any more. */
    static Client bot(Chance chance) {
        return Client.unknown(ip(FIRST_BOTS + chance.below(BOT_BLOCKS), chance.below(1 << 24)));
    }

    /** A machine within the own network. */
    static Client machine(int number) {
        return new Client("app" + number + ".example.com", "10.0.8." + (1 + number % 250));
    }

    private static String ip(int block, int number) {
        return block + "." + (number >>> 16 & 255) + "." + (number >>> 8 & 255) + "." + (number & 255);
    }
}
