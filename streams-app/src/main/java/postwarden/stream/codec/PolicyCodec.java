package postwarden.stream.codec;

import java.util.Optional;
import postwarden.policy.Allowance;
import postwarden.policy.Decision;
import postwarden.policy.NamePattern;
import postwarden.policy.Remark;
import postwarden.policy.Saying;
import postwarden.schema.Policy;
import postwarden.schema.PolicyRemark;

/**
 * The core's decision and the policy topic's record, each made of the other without loss. A record that is a remark is, for
 * readers of version 1, an allowance of a detector that does not exist.
 */
public final class PolicyCodec {
    /** No detector is named so, now or later. */
    static final NamePattern NO_DETECTOR = new NamePattern("-");
    /** Readers of version 1 want a reason. */
    static final String NO_REASON = "-";

    private PolicyCodec() {}

    /** The key of a policy's record. */
    public static String key(String tenant, String id) {
        return tenant + "/" + id;
    }

    /** The record for {@code mail.policy}. */
    public static Policy toAvro(Decision decision) {
        return decision instanceof Saying saying ? remark(saying) : allowance((Allowance) decision);
    }

    private static Policy allowance(Allowance allowance) {
        return new Policy(
                allowance.id(),
                allowance.tenant(),
                allowance.detector().text(),
                allowance.entity().text(),
                allowance.host().text(),
                allowance.owner(),
                allowance.reason(),
                allowance.from(),
                allowance.until(),
                null);
    }

    private static Policy remark(Saying saying) {
        Remark remark = saying.remark();
        return new Policy(
                saying.id(),
                saying.tenant(),
                NO_DETECTOR.text(),
                "*",
                "*",
                remark.by(),
                remark.reason().isEmpty() ? NO_REASON : remark.reason(),
                remark.at(),
                saying.until(),
                new PolicyRemark(saying.incident(), remark.aspect().wireName(), remark.value(), remark.reason()));
    }

    /** @throws IllegalArgumentException when it is none that may hold, naming what is wrong */
    public static Decision fromAvro(Policy policy) {
        Optional<PolicyRemark> remark = Optional.ofNullable(policy.getRemark());
        return remark.isPresent() ? saying(policy, remark.get()) : allowance(policy);
    }

    private static Allowance allowance(Policy policy) {
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

    private static Saying saying(Policy policy, PolicyRemark said) {
        Remark.Aspect aspect = Remark.Aspect.of(said.getAspect())
                .orElseThrow(() -> new IllegalArgumentException(
                        "aspect must be acknowledged, assigned or verdict, not '" + said.getAspect() + "'"));
        return new Saying(
                policy.getTenant(),
                said.getIncident(),
                new Remark(aspect, said.getValue(), policy.getOwner(), policy.getFrom(), said.getReason()),
                policy.getUntil());
    }
}
