package postwarden.serve.access;

import java.time.Duration;

/**
 * Who may ask. With neither a file nor an issuer everybody on this machine may ask everything, which is only accepted on
 * loopback.
 *
 * @param file path of the list of static tokens and certificates' subjects ({@link AccessList}); default empty: none
 * @param recheck how soon a change of that file holds, 1 s to 60 s; default 10 s: a token that was stolen must be useless
 *     within a minute
 * @param oidc access tokens of an OpenID provider
 */
public record AccessParams(String file, Duration recheck, OidcParams oidc) {
    public static final AccessParams STANDARD = new AccessParams("", Duration.ofSeconds(10), OidcParams.STANDARD);

    public AccessParams {
        if (recheck.toMillis() < 1000 || recheck.toMillis() > 60_000) {
            throw new IllegalArgumentException("access.recheck must be 1 s to 60 s, not " + recheck.toMillis() + " ms");
        }
    }

    /** Whether anybody must say who they are. */
    public boolean isAsked() {
        return !file.isEmpty() || oidc.isUsed();
    }
}
