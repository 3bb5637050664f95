package postwarden.event;

/** Whose words a refusal is. */
public enum Origin {
    /** This host refused. */
    LOCAL,
    /** The other side said it. */
    REMOTE,
    /** A milter or policy service beside this host said it. */
    POLICY_SERVICE,
    /** The relay that all mail goes through said it. */
    SMARTHOST
}
