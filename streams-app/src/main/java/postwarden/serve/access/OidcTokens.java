package postwarden.serve.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import postwarden.policy.NamePattern;
import postwarden.serve.wire.Refusal;

/** Callers that a provider's signed access token names. */
final class OidcTokens {
    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256, JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519);
    /** What stands in front of the 32 bytes of an Ed25519 key in X.509 (RFC 8410). */
    private static final byte[] ED25519_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int LEAST_RSA_BITS = 2048;
    private static final String DEFAULT_TENANT = "default";

    private final OidcParams params;
    private final KeySet keys;
    private final Clock clock;

    OidcTokens(OidcParams params, Clock clock) {
        this.params = params;
        this.keys = new KeySet(params, clock);
        this.clock = clock;
    }

    /** @throws Refusal 401 for a token that does not hold, 403 for one that gives nothing here */
    Caller caller(String token) {
        try {
            SignedJWT signed = SignedJWT.parse(token);
            if (!isSigned(signed)) {
                throw Refusal.unauthorised();
            }
            JWTClaimsSet claims = signed.getJWTClaimsSet();
            if (!holds(claims)) {
                throw Refusal.unauthorised();
            }
            return caller(claims);
        } catch (ParseException | JOSEException | GeneralSecurityException | IllegalArgumentException broken) {
            throw Refusal.unauthorised();
        }
    }

    private boolean isSigned(SignedJWT token) throws JOSEException, GeneralSecurityException {
        JWSHeader header = token.getHeader();
        if (!ALGORITHMS.contains(header.getAlgorithm()) || header.getCriticalParams() != null) {
            return false;
        }
        Optional<JWK> key = keys.of(header);
        return key.isPresent() && verifies(token, key.get());
    }

    /** The algorithm belongs to the kind of key: a token cannot have its signature checked as another kind's. */
    private static boolean verifies(SignedJWT token, JWK key) throws JOSEException, GeneralSecurityException {
        JWSAlgorithm algorithm = token.getHeader().getAlgorithm();
        if (key instanceof RSAKey rsa) {
            return algorithm.equals(JWSAlgorithm.RS256)
                    && rsa.size() >= LEAST_RSA_BITS
                    && token.verify(new RSASSAVerifier(rsa.toRSAPublicKey()));
        }
        if (key instanceof ECKey ec) {
            return algorithm.equals(JWSAlgorithm.ES256)
                    && ec.getCurve().equals(Curve.P_256)
                    && token.verify(new ECDSAVerifier(ec.toECPublicKey()));
        }
        boolean edwards = algorithm.equals(JWSAlgorithm.EdDSA) || algorithm.equals(JWSAlgorithm.Ed25519);
        return edwards
                && key instanceof OctetKeyPair pair
                && pair.getCurve().equals(Curve.Ed25519)
                && verifies(token, pair.getX().decode());
    }

    /** With Java's own, because the library wants another library for it. */
    private static boolean verifies(SignedJWT token, byte[] key) throws GeneralSecurityException {
        byte[] encoded = new byte[ED25519_HEAD.length + key.length];
        System.arraycopy(ED25519_HEAD, 0, encoded, 0, ED25519_HEAD.length);
        System.arraycopy(key, 0, encoded, ED25519_HEAD.length, key.length);
        PublicKey made = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(made);
        signature.update(token.getSigningInput());
        return signature.verify(token.getSignature().decode());
    }

    private boolean holds(JWTClaimsSet claims) {
        Instant now = clock.instant();
        return params.issuer().equals(claims.getIssuer())
                && claims.getAudience().contains(params.audience())
                && claims.getExpirationTime() != null
                && now.isBefore(claims.getExpirationTime().toInstant().plus(params.skew()))
                && (claims.getNotBeforeTime() == null
                        || !now.isBefore(claims.getNotBeforeTime().toInstant().minus(params.skew())));
    }

    private Caller caller(JWTClaimsSet claims) {
        String name = texts(claims, params.subjectClaim()).stream()
                .findFirst()
                .orElseThrow(() -> Refusal.forbidden("the token does not say who you are"));
        Role role = texts(claims, params.roleClaim()).stream()
                .flatMap(text -> Role.of(text).stream())
                // A provider of people's tokens makes no peers.
                .filter(one -> one != Role.PEER)
                .max(Role::compareTo)
                .orElseThrow(() -> Refusal.forbidden("the token gives you no role here"));
        Set<String> tenants = params.tenantClaim().isEmpty()
                ? Set.of(DEFAULT_TENANT)
                : Set.copyOf(texts(claims, params.tenantClaim()));
        List<NamePattern> hosts = params.hostClaim().isEmpty()
                ? List.of(NamePattern.ANYTHING)
                : texts(claims, params.hostClaim()).stream()
                        .map(NamePattern::new)
                        .toList();
        return new Caller(name, role, tenants, hosts);
    }

    private static List<String> texts(JWTClaimsSet claims, String claim) {
        @Nullable Object value = claims.getClaim(claim);
        if (value instanceof String text) {
            return List.of(text);
        }
        List<String> texts = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(one -> {
                if (one instanceof String text) {
                    texts.add(text);
                }
            });
        }
        return texts.stream().distinct().toList();
    }
}
