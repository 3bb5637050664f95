package postwarden.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postwarden.serve.access.AccessParams;
import postwarden.serve.access.OidcParams;
import postwarden.tally.Watch;

/** Access tokens of a provider that this test is. */
class OidcTest {
    private static final String ISSUER = "https://login.example.com/";

    @TempDir
    private Path folder = Path.of(".");

    private final AtomicInteger fetched = new AtomicInteger();
    private volatile String keys = "";
    private volatile int status = 200;
    private HttpServer provider;
    private Pair pair;
    private RSAKey rsa;
    private ECKey ec;
    private KeyPair edwards;

    OidcTest() {}

    @BeforeEach
    void start() throws Exception {
        rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
        ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
        edwards = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] encoded = edwards.getPublic().getEncoded();
        OctetKeyPair pairKey = new OctetKeyPair.Builder(
                        Curve.Ed25519,
                        Base64URL.encode(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)))
                .keyID("ed")
                .build();
        keys = new JWKSet(List.of(rsa.toPublicJWK(), ec.toPublicJWK(), pairKey)).toString();
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/keys", exchange -> {
            fetched.incrementAndGet();
            byte[] body = keys.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        provider.start();
        pair = Pair.start(folder, this::withProvider);
        pair.holds(pair.addressA, Watch.SERVER, "mx1", 1, "mx1");
    }

    @AfterEach
    void stop() {
        pair.close();
        provider.stop(0);
    }

    private ApiParams withProvider(ApiParams params) {
        OidcParams oidc = new OidcParams(
                ISSUER,
                "postwarden",
                "http://127.0.0.1:" + provider.getAddress().getPort() + "/keys",
                "sub",
                "postwarden_role",
                "tenants",
                "hosts",
                Duration.ofSeconds(30),
                Duration.ofMinutes(10),
                Duration.ofSeconds(3));
        return new ApiParams(
                true,
                params.host(),
                params.port(),
                "",
                params.tls(),
                new AccessParams(params.access().file(), params.access().recheck(), oidc, "reader"),
                params.peers(),
                params.limits(),
                params.live());
    }

    private static JWTClaimsSet.Builder good() {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(List.of("other", "postwarden"))
                .subject("anna")
                .claim("postwarden_role", List.of("reader", "operator"))
                .claim("tenants", "default")
                .claim("hosts", List.of("*"))
                .expirationTime(Date.from(Pair.NOW.plusSeconds(60)));
    }

    private String signed(JWTClaimsSet.Builder claims) throws JOSEException {
        return signed(claims, JWSAlgorithm.RS256, "rsa", new RSASSASigner(rsa));
    }

    private static String signed(JWTClaimsSet.Builder claims, JWSAlgorithm algorithm, String key, JWSSigner signer)
            throws JOSEException {
        SignedJWT token =
                new SignedJWT(new JWSHeader.Builder(algorithm).keyID(key).build(), claims.build());
        token.sign(signer);
        return token.serialize();
    }

    private int ask(String token) {
        return pair.get(pair.addressA, "/api/v1/servers/mx1", token).statusCode();
    }

    @Test
    void a_token_that_holds_lets_in_by_each_algorithm_and_keys_are_fetched_once() throws Exception {
        assertThat(ask(signed(good()))).isEqualTo(200);
        assertThat(ask(signed(good(), JWSAlgorithm.ES256, "ec", new ECDSASigner(ec))))
                .isEqualTo(200);
        assertThat(ask(byEdwards())).isEqualTo(200);
        assertThat(fetched).hasValue(1);
        assertThat(pair.get(pair.addressA, "/api/v1/stores", signed(good())).statusCode())
                .isEqualTo(403);
    }

    private String byEdwards() throws Exception {
        String head = Base64URL.encode("{\"alg\":\"EdDSA\",\"kid\":\"ed\"}") + "."
                + Base64URL.encode(good().build().toString());
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(edwards.getPrivate());
        signature.update(head.getBytes(StandardCharsets.US_ASCII));
        return head + "." + Base64URL.encode(signature.sign());
    }

    @Test
    void a_token_that_is_for_another_or_over_or_not_yet_is_refused() throws Exception {
        Map<String, JWTClaimsSet.Builder> wrong = Map.of(
                "audience", good().audience("console"),
                "no audience", good().audience((String) null),
                "issuer", good().issuer("https://evil.example/"),
                "expired", good().expirationTime(Date.from(Pair.NOW.minusSeconds(31))),
                "without end", good().expirationTime(null),
                "not yet", good().notBeforeTime(Date.from(Pair.NOW.plusSeconds(31))));
        for (Map.Entry<String, JWTClaimsSet.Builder> one : wrong.entrySet()) {
            assertThat(ask(signed(one.getValue()))).as(one.getKey()).isEqualTo(401);
        }
        assertThat(ask(signed(good().expirationTime(Date.from(Pair.NOW.minusSeconds(29))))))
                .as("within the skew")
                .isEqualTo(200);
    }

    @Test
    void a_token_that_is_not_signed_by_the_provider_is_refused() throws Exception {
        RSAKey strange = new RSAKeyGenerator(2048).keyID("rsa").generate();
        String signed = signed(good());
        byte[] asSecret = rsa.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);

        assertThat(ask(new PlainJWT(good().build()).serialize())).as("none").isEqualTo(401);
        assertThat(ask(signed(good(), JWSAlgorithm.RS256, "rsa", new RSASSASigner(strange))))
                .isEqualTo(401);
        assertThat(ask(signed(good(), JWSAlgorithm.HS256, "rsa", new MACSigner(asSecret))))
                .as("the public key as a shared one")
                .isEqualTo(401);
        assertThat(ask(signed(good(), JWSAlgorithm.RS384, "rsa", new RSASSASigner(rsa))))
                .as("an algorithm that is not taken")
                .isEqualTo(401);
        assertThat(ask(signed(good(), JWSAlgorithm.RS256, "ec", new RSASSASigner(rsa))))
                .as("another kind of key")
                .isEqualTo(401);
        assertThat(ask(signed.substring(0, signed.lastIndexOf('.') + 1))).isEqualTo(401);
        assertThat(ask("a.b.c")).isEqualTo(401);
    }

    @Test
    void a_token_that_gives_nothing_here_gets_nothing() throws Exception {
        assertThat(ask(signed(good().claim("postwarden_role", "boss")))).isEqualTo(403);
        assertThat(ask(signed(good().claim("postwarden_role", "peer")))).isEqualTo(403);
        assertThat(ask(signed(good().claim("tenants", List.of("other"))))).isEqualTo(403);
        assertThat(ask(signed(good().claim("tenants", null)))).isEqualTo(403);
        assertThat(ask(signed(good().claim("hosts", null)))).isEqualTo(403);
        assertThat(ask(signed(good().claim("hosts", "mx2*")))).isEqualTo(403);
        assertThat(ask(signed(good().claim("hosts", "mx1*")))).isEqualTo(200);
    }

    @Test
    void invented_key_ids_are_no_load_on_the_provider_and_without_it_nobody_gets_in() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(ask(signed(good(), JWSAlgorithm.RS256, "no-" + i, new RSASSASigner(rsa))))
                    .isEqualTo(401);
        }
        assertThat(fetched).hasValue(1);
        status = 302;
        assertThat(pair.get(pair.addressB, "/api/v1/members", signed(good())).statusCode())
                .isEqualTo(503);
    }
}
