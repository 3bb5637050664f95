package postwarden.simulate;

/** How hard an incident is; what that means in numbers is said where each kind is told. */
public enum Strength {
    WEAK,
    USUAL,
    STRONG
}
