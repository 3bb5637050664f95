package postwarden.serve.access;

import java.net.URI;
import java.time.Duration;

/**
 * Access tokens of an OpenID provider (RFC 9068, or a JWT with the same claims), signed with RS256, ES256 or EdDSA.
 *
 * @param issuer that a token must name; default empty: no such tokens are taken
 * @param audience that a token must be for; default postwarden
 * @param jwks where the provider's keys are, https (http on loopback only); default empty
 * @param subjectClaim claim that names the caller in the audit; default sub
 * @param roleClaim claim with a role (reader, operator, admin) or an array with one; default postwarden_role
 * @param tenantClaim claim with a tenant or an array of them; default empty: the tenant default
 * @param hostClaim claim with a pattern of hosts or an array of them; default empty: every host
 * @param skew by which clocks may differ, 0 s to 5 min; default 30 s
 * @param refresh after which keys are fetched anew, 1 min to 1 d; default 10 min; a key that is not known is asked for sooner,
 *     once in 30 s
 * @param timeout of fetching keys, 100 ms to 30 s; default 3 s
 */
public record OidcParams(
        String issuer,
        String audience,
        String jwks,
        String subjectClaim,
        String roleClaim,
        String tenantClaim,
        String hostClaim,
        Duration skew,
        Duration refresh,
        Duration timeout) {
    public static final OidcParams STANDARD = new OidcParams(
            "",
            "postwarden",
            "",
            "sub",
            "postwarden_role",
            "",
            "",
            Duration.ofSeconds(30),
            Duration.ofMinutes(10),
            Duration.ofSeconds(3));

    public OidcParams {
        if (issuer.isEmpty() != jwks.isEmpty()) {
            throw new IllegalArgumentException("access.oidc.issuer and jwks must both be given, or neither");
        }
        if (!issuer.isEmpty() && (audience.isEmpty() || subjectClaim.isEmpty() || roleClaim.isEmpty())) {
            throw new IllegalArgumentException("access.oidc.audience, subject-claim and role-claim must not be empty");
        }
        if (!jwks.isEmpty()) {
            checkUrl(jwks);
        }
        check("access.oidc.skew", skew, Duration.ZERO, Duration.ofMinutes(5));
        check("access.oidc.refresh", refresh, Duration.ofMinutes(1), Duration.ofDays(1));
        check("access.oidc.timeout", timeout, Duration.ofMillis(100), Duration.ofSeconds(30));
    }

    public boolean isUsed() {
        return !issuer.isEmpty();
    }

    private static void checkUrl(String text) {
        URI url = URI.create(text);
        boolean loopback = url.getHost() != null
                && (url.getHost().equals("127.0.0.1")
                        || url.getHost().equals("localhost")
                        || url.getHost().equals("[::1]"));
        if (!"https".equals(url.getScheme()) && !("http".equals(url.getScheme()) && loopback)) {
            throw new IllegalArgumentException("access.oidc.jwks must be an https URL, not '" + text + "'");
        }
    }

    private static void check(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + " must be " + least.toMillis() + " ms to " + most.toMillis()
                    + " ms, not " + value.toMillis() + " ms");
        }
    }
}
