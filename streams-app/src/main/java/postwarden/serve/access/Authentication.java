package postwarden.serve.access;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import postwarden.serve.wire.Refusal;

/** Finds out who asks; whoever is not known is refused. */
public final class Authentication {
    /** Scheme of the header by which peers show the shared secret. */
    public static final String PEER_SCHEME = "Postwarden-Peer ";

    private static final String BEARER = "bearer ";
    private static final Caller PEER = Caller.unbounded("peer", Role.PEER);

    /** What anybody on this machine is, where nobody must say who they are. */
    private final Optional<Caller> anybody;

    private final Optional<AccessFile> file;
    private final Optional<OidcTokens> oidc;
    private final byte[] peerSecret;

    /**
     * @param peerSecret that peers show; empty where they show none
     * @throws IllegalArgumentException saying what is wrong with the access list
     */
    public Authentication(AccessParams params, byte[] peerSecret, Clock clock) {
        this.anybody = params.isAsked() ? Optional.empty() : Optional.of(Caller.unbounded("local", params.local()));
        this.file = params.file().isEmpty()
                ? Optional.empty()
                : Optional.of(new AccessFile(Path.of(params.file()), params.recheck(), clock));
        this.oidc = params.oidc().isUsed() ? Optional.of(new OidcTokens(params.oidc(), clock)) : Optional.empty();
        this.peerSecret = peerSecret.clone();
    }

    /** @throws Refusal 401, or 403 for a token that holds and gives nothing here */
    public Caller of(Credentials credentials) {
        if (credentials.authorization().size() > 1) {
            throw Refusal.unauthorised();
        }
        if (!credentials.authorization().isEmpty()) {
            return byHeader(credentials.authorization().get(0));
        }
        Optional<Caller> certified = credentials
                .certificate()
                .flatMap(certificate -> file.flatMap(AccessFile::now)
                        .flatMap(list -> list.bySubject(certificate.getSubjectX500Principal())));
        if (certified.isPresent()) {
            return certified.get();
        }
        return anybody.orElseThrow(Refusal::unauthorised);
    }

    private Caller byHeader(String header) {
        if (header.startsWith(PEER_SCHEME)) {
            byte[] shown = header.substring(PEER_SCHEME.length()).getBytes(StandardCharsets.UTF_8);
            if (peerSecret.length > 0 && MessageDigest.isEqual(shown, peerSecret)) {
                return PEER;
            }
            throw Refusal.unauthorised();
        }
        if (!header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            throw Refusal.unauthorised();
        }
        String token = header.substring(BEARER.length()).strip();
        Optional<Caller> listed = file.flatMap(AccessFile::now).flatMap(list -> list.byToken(token));
        if (listed.isPresent()) {
            return listed.get();
        }
        if (oidc.isPresent() && token.chars().filter(c -> c == '.').count() == 2) {
            return oidc.get().caller(token);
        }
        throw Refusal.unauthorised();
    }
}
