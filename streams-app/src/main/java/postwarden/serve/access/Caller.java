package postwarden.serve.access;

import java.util.List;
import java.util.Set;
import postwarden.policy.NamePattern;
import postwarden.serve.wire.Refusal;

/**
 * Who asks.
 *
 * @param name for the audit
 * @param tenants whose mail they may ask about; {@link #EVERY} for all
 * @param hosts patterns of hosts that they may ask about
 */
public record Caller(String name, Role role, Set<String> tenants, List<NamePattern> hosts) {
    /** Stands for all tenants. */
    public static final String EVERY = "*";

    public Caller {
        tenants = Set.copyOf(tenants);
        hosts = List.copyOf(hosts);
    }

    /** One who may do everything in that role. */
    public static Caller unbounded(String name, Role role) {
        return new Caller(name, role, Set.of(EVERY), List.of(NamePattern.ANYTHING));
    }

    /** @throws Refusal 403 */
    public void mustBe(Role needed) {
        if (!role.covers(needed)) {
            throw Refusal.forbidden("this needs the role " + needed.wireName() + ", and yours is " + role.wireName()
                    + "; api.access of the service gives roles");
        }
    }

    /** @throws Refusal 403 */
    public void mustSeeTenant(String tenant) {
        if (!tenants.contains(EVERY) && !tenants.contains(tenant)) {
            throw Refusal.forbidden("that tenant is not within your scope");
        }
    }

    /** @throws Refusal 403, for what cannot be bounded to hosts */
    public void mustSeeEveryHost(String what) {
        if (!seesEveryHost()) {
            throw Refusal.forbidden(what + " cannot be bounded to the hosts within your scope");
        }
    }

    public boolean seesEveryHost() {
        return hosts.stream().anyMatch(NamePattern::isAnything);
    }

    /** Whether a host is within the scope; no host, the whole fleet, only is for those who see every one. */
    public boolean sees(String host) {
        return hosts.stream().anyMatch(pattern -> pattern.matches(host));
    }
}
