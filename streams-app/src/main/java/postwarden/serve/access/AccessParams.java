package postwarden.serve.access;

import java.time.Duration;

/**
 * Who may ask. With neither a file nor an issuer everybody on this machine may ask, which is only accepted on loopback.
 *
 * @param file path of the list of static tokens and certificates' subjects ({@link AccessList}); default empty: none
 * @param recheck how soon a change of that file holds, 1 s to 60 s; default 10 s: a token that was stolen must be useless
 *     within a minute
 * @param oidc access tokens of an OpenID provider
 * @param localRole what everybody on this machine is, where neither of the others is given: reader, operator or admin; default
 *     reader, because any program of any user there can connect, and an operator's word lets incidents be
 * @param adminPort port on loopback at which alone rows of stores are answered, 1 to 65,535, or 0, the default: at the API's own port
 *     where that is on loopback, else nowhere, because what an admin may read is everything, and a stolen token must not be enough
 */
public record AccessParams(String file, Duration recheck, OidcParams oidc, String localRole, int adminPort) {
    public static final AccessParams STANDARD =
            new AccessParams("", Duration.ofSeconds(10), OidcParams.STANDARD, "reader");
    private static final int LAST_PORT = 65_535;

    /** Without a port for admins. */
    public AccessParams(String file, Duration recheck, OidcParams oidc, String localRole) {
        this(file, recheck, oidc, localRole, 0);
    }

    public AccessParams {
        if (adminPort < 0 || adminPort > LAST_PORT) {
            throw new IllegalArgumentException("access.admin-port must be 0 to " + LAST_PORT + ", not " + adminPort);
        }
        if (recheck.toMillis() < 1000 || recheck.toMillis() > 60_000) {
            throw new IllegalArgumentException("access.recheck must be 1 s to 60 s, not " + recheck.toMillis() + " ms");
        }
        Role local = Role.of(localRole).filter(role -> role != Role.PEER).orElse(null);
        if (local == null) {
            throw new IllegalArgumentException(
                    "access.local-role must be reader, operator or admin, not '" + localRole + "'");
        }
        if (local != Role.READER && (!file.isEmpty() || oidc.isUsed())) {
            throw new IllegalArgumentException("access.local-role is " + localRole
                    + ", but with access.file or access.oidc everybody must say who they are: give roles there");
        }
    }

    /** The same for a machine whose users are all trusted with that role. */
    public AccessParams withLocalRole(Role role) {
        return new AccessParams(file, recheck, oidc, role.wireName(), adminPort);
    }

    /** What a caller is who is on this machine and shows nothing. */
    Role local() {
        return Role.of(localRole).orElseThrow();
    }

    /** Whether anybody must say who they are. */
    public boolean isAsked() {
        return !file.isEmpty() || oidc.isUsed();
    }
}
