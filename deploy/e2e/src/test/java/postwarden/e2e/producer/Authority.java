package postwarden.e2e.producer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An authority that issues certificates (X.509 version 3, RFC 5280) for the length of a test, as PEM files that Kafka reads. Written by
 * hand because a build needs nothing but a JDK, and the JDK makes certificates only with a tool that is a process each.
 */
final class Authority {
    private static final Duration LONG = Duration.ofDays(1);
    private static final byte[] COMMON_NAME = Der.name(0x55, 0x04, 0x03);
    private static final byte[] BASIC_CONSTRAINTS = Der.name(0x55, 0x1D, 0x13);
    private static final byte[] ALTERNATIVE_NAME = Der.name(0x55, 0x1D, 0x11);
    private static final byte[] ECDSA_WITH_SHA256 =
            Der.sequence(Der.name(0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02));
    private static final int VERSION = 0xA0;
    private static final int EXTENSIONS = 0xA3;
    private static final int ADDRESS = 0x87;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final byte[] ELSEWHERE = {(byte) 192, 0, 2, 1};

    private final String name;
    private final KeyPair keys;
    private final AtomicInteger serial = new AtomicInteger();
    private final Path folder;
    private final Path trust;

    private Authority(Path folder, String name, KeyPair keys, Path trust) {
        this.folder = folder;
        this.name = name;
        this.keys = keys;
        this.trust = trust;
    }

    static Authority create(Path folder, String name) throws IOException, GeneralSecurityException {
        Path trust = folder.resolve(name + ".pem");
        Authority authority = new Authority(folder, name, keys(), trust);
        byte[] constraints = Der.sequence(BASIC_CONSTRAINTS, Der.yes(), Der.octets(Der.sequence(Der.yes())));
        byte[] own = authority.certificate(name, authority.keys, Instant.now().plus(LONG), constraints);
        Files.writeString(trust, pem("CERTIFICATE", own));
        return authority;
    }

    /** The settings of a client with a certificate of that name, for a day. */
    Map<String, String> client(String commonName) throws IOException, GeneralSecurityException {
        return settings(issue(commonName, Instant.now().plus(LONG), LOOPBACK));
    }

    /** The same with a certificate that ended yesterday. */
    Map<String, String> expired(String commonName) throws IOException, GeneralSecurityException {
        return settings(issue(commonName, Instant.now().minus(LONG), LOOPBACK));
    }

    /** For a server that stands at another address than its certificate says. */
    Map<String, String> elsewhere(String commonName) throws IOException, GeneralSecurityException {
        return settings(issue(commonName, Instant.now().plus(LONG), ELSEWHERE));
    }

    /** Whom clients of this authority trust. */
    Path trust() {
        return trust;
    }

    private Map<String, String> settings(Path key) {
        return Map.of(
                "security.protocol", "SSL",
                "ssl.keystore.type", "PEM",
                "ssl.keystore.location", key.toString(),
                "ssl.truststore.type", "PEM",
                "ssl.truststore.location", trust.toString());
    }

    private Path issue(String commonName, Instant until, byte[] address) throws IOException, GeneralSecurityException {
        KeyPair pair = keys();
        byte[] place = Der.sequence(ALTERNATIVE_NAME, Der.octets(Der.sequence(Der.tagged(ADDRESS, address))));
        byte[] certificate = certificate(commonName, pair, until, place);
        Path file = folder.resolve(name + "-" + commonName + "-" + serial.get() + ".pem");
        Files.writeString(file, pem("PRIVATE KEY", pair.getPrivate().getEncoded()) + pem("CERTIFICATE", certificate));
        // An agent takes no key that others may read.
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private byte[] certificate(String subject, KeyPair pair, Instant until, byte[] extension)
            throws GeneralSecurityException {
        byte[] body = Der.sequence(
                Der.tagged(VERSION, Der.number(new byte[] {2})),
                Der.number(new byte[] {(byte) serial.incrementAndGet()}),
                ECDSA_WITH_SHA256,
                named(name),
                Der.sequence(Der.time(until.minus(LONG.multipliedBy(2))), Der.time(until)),
                named(subject),
                pair.getPublic().getEncoded(),
                Der.tagged(EXTENSIONS, Der.sequence(extension)));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(body);
        return Der.sequence(body, ECDSA_WITH_SHA256, Der.bits(signature.sign()));
    }

    private static byte[] named(String commonName) {
        return Der.sequence(Der.set(Der.sequence(COMMON_NAME, Der.text(commonName))));
    }

    private static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static String pem(String what, byte[] content) {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
    }
}
