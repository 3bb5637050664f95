package postwarden.detect.limit;

/** How many sessions a host's memory bears: what every advice to raise a limit is bounded by (signals.md, D23). */
final class RamBound {
    static final String OF_SESSIONS =
            "Each session is a process, so memory is the bound (all sessions / those of one client): with"
                    + " 4 to 8 GB 40 to 60 / 5 to 8; with 16 to 32 GB 100 to 150 / 10 to 15; with 64 GB and more 200 to 300 / 15 to"
                    + " 20. Look first: free -m";

    private RamBound() {}
}
