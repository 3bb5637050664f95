package postwarden.stream.codec;

import postwarden.policy.Allowance;
import postwarden.policy.NamePattern;
import postwarden.schema.Policy;

/** The core's allowance and the policy topic's record, each made of the other without loss. */
public final class PolicyCodec {
    private PolicyCodec() {}

    /** The key of a policy's record. */
    public static String key(String tenant, String id) {
        return tenant + "/" + id;
    }

    /** The record for {@code mail.policy}. */
    public static Policy toAvro(Allowance allowance) {
        return new Policy(
                allowance.id(),
                allowance.tenant(),
                allowance.detector().text(),
                allowance.entity().text(),
                allowance.host().text(),
                allowance.owner(),
                allowance.reason(),
                allowance.from(),
                allowance.until());
    }

    /** @throws IllegalArgumentException when it is none that may hold, naming what is wrong */
    public static Allowance fromAvro(Policy policy) {
        return new Allowance(
                policy.getId(),
                policy.getTenant(),
                new NamePattern(policy.getDetector()),
                new NamePattern(policy.getEntity()),
                new NamePattern(policy.getHost()),
                policy.getOwner(),
                policy.getReason(),
                policy.getFrom(),
                policy.getUntil());
    }
}
