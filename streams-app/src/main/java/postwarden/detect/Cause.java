package postwarden.detect;

/**
 * One possible cause and what speaks for it.
 *
 * @param name such as SINGLE_SOURCE or POLICY_CONCURRENCY
 * @param weight share of belief, 0 to 1; the weights of a finding add up to 1 at most
 * @param because for a person, with the numbers
 */
public record Cause(String name, double weight, String because) {}
