package postwarden.detect;

/** Over which hosts a detector looks at a key. */
public enum Span {
    /** Each host's numbers for themselves: what one server does to or with the key. */
    HOST,
    /** All hosts' numbers together: the key is the same wherever it is seen. */
    FLEET
}
