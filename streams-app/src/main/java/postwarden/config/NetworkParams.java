package postwarden.config;

/**
 * What is known of networks beside their addresses.
 *
 * @param asnDatabase path of a MaxMind DB file (format 2.0) that says which autonomous system an address belongs to, such as
 *     GeoLite2-ASN.mmdb, DB-IP's ASN Lite or IPinfo's ASN; default empty: none, and wide prefixes stand in for systems. Read
 *     once, at start: a newer file counts from the next start on, and one file should be in force on all instances
 */
public record NetworkParams(String asnDatabase) {
    public static final NetworkParams STANDARD = new NetworkParams("");
}
