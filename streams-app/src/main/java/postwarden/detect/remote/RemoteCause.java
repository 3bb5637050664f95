package postwarden.detect.remote;

/** Why a destination puts our deliveries off. */
public enum RemoteCause {
    /** It limits the sessions that we may have open at once. */
    POLICY_CONCURRENCY,
    /** It limits what we may send in a time. */
    POLICY_RATE,
    /** It has more to do than it can. */
    OVERLOAD,
    /** It thinks badly of our address, domain or content. */
    REPUTATION,
    /** It misses a name of our own in DNS: the PTR record of our address, the name that we say in HELO, SPF or DKIM. */
    OWN_NAME,
    /** The path to it is broken or loses packets, or a middlebox holds connections. */
    NETWORK,
    /** It puts off what it sees for the first time, and takes it later: nothing is wrong. */
    GREYLIST,
    /** The log does not decide. */
    INCONCLUSIVE
}
