package postwarden.detect.compromisedaccount;

/**
 * One thing that speaks for or against a thief.
 *
 * @param weight in log-odds; negative where it speaks against
 * @param because for a person, with the numbers
 */
record Sign(Family family, double weight, String because) {
    /** Signs of one family have the same root, so they count together at most once. */
    enum Family {
        AUTHENTICATION,
        VOLUME,
        UNKNOWN_RECIPIENTS,
        ABUSE
    }
}
