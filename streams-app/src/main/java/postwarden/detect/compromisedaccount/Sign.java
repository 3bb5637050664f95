package postwarden.detect.compromisedaccount;

/**
 * One thing that speaks for or against a thief.
 *
 * @param guessed whether it shows that the password was guessed
 * @param weight in log-odds; negative where it speaks against
 * @param because for a person, with the numbers
 */
record Sign(Family family, boolean guessed, double weight, String because) {
    /** One that says nothing of how the password was come by. */
    Sign(Family family, double weight, String because) {
        this(family, false, weight, because);
    }

    /** Signs of one family have the same root, so they count together at most once. */
    enum Family {
        AUTHENTICATION,
        VOLUME,
        UNKNOWN_RECIPIENTS,
        ABUSE
    }
}
