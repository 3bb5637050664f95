package postwarden.incident;

/**
 * Where an incident stands.
 *
 * <pre>
 *             too many at once        room
 *   found ──────────────────► WAITING ─────► OPEN ──── below the threshold, seen ────► OVER
 *     │                          │            │ ▲                                       │
 *     │ has a parent             ▼            │ └──────── back within reopenWithin ─────┤
 *     └───────────────────────► ATTACHED ◄────┘ a parent opens                          │
 *                                  └───────── below the threshold, seen ───────────────►┘
 *
 *   anything ── an allowance covers it ──► ALLOWED ── it no longer does ──► as if found for the first time
 *                                             └────── below the threshold, seen ──► forgotten
 * </pre>
 */
public enum Phase {
    /** Found while too many others opened: counted, not told. */
    WAITING(1),
    /** Told, and going on. */
    OPEN(2),
    /** Going on, but told by its parent: it never opened, or was resolved as superseded. */
    ATTACHED(3),
    /** Over. */
    OVER(4),
    /** Going on, and an operator's allowance covers it: shown, and nobody is woken. */
    ALLOWED(5);

    private final int id;

    Phase(int id) {
        this.id = id;
    }

    /** Stable number for stores; never reused. */
    public int id() {
        return id;
    }

    /** The phase with this number. @throws IllegalArgumentException when there is none */
    public static Phase of(int id) {
        for (Phase phase : values()) {
            if (phase.id == id) {
                return phase;
            }
        }
        throw new IllegalArgumentException("no phase has the number " + id);
    }
}
