package postwarden.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import postwarden.producer.config.SecretFile;

/**
 * Keys and certificates out of PEM files.
 *
 * @param own this instance's key and its certificates
 * @param authorities that clients and peers are trusted by; empty for the JVM's, and for no clients
 */
public record TlsFiles(KeyStore own, Optional<KeyStore> authorities) {
    /** Keys never leave the process, so what stands between them and its memory protects nothing. */
    public static final String NO_PASSWORD = "";

    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519");

    /** @throws IllegalArgumentException when a file cannot be used, naming it and why */
    public static TlsFiles read(TlsParams params) {
        try {
            Collection<? extends Certificate> chain = certificates(Path.of(params.certificate()));
            KeyStore own = empty();
            own.setKeyEntry(
                    "own", key(Path.of(params.key())), NO_PASSWORD.toCharArray(), chain.toArray(Certificate[]::new));
            return new TlsFiles(
                    own,
                    params.clientCa().isEmpty() ? Optional.empty() : Optional.of(trusted(Path.of(params.clientCa()))));
        } catch (GeneralSecurityException | IOException unusable) {
            throw new IllegalArgumentException("tls: " + unusable.getMessage(), unusable);
        }
    }

    /** What shows this instance's certificate, to those who ask and to its peers, and trusts by the authorities. */
    public SSLContext context() {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, NO_PASSWORD.toCharArray());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            // The JVM's own where there is none.
            trust.init(authorities.isPresent() ? authorities.get() : null);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException unusable) {
            throw new IllegalArgumentException("tls: " + unusable.getMessage(), unusable);
        }
    }

    private static KeyStore trusted(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        int number = 0;
        for (Certificate certificate : certificates(file)) {
            store.setCertificateEntry("authority-" + number++, certificate);
        }
        return store;
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Collection<? extends Certificate> certificates(Path file)
            throws GeneralSecurityException, IOException {
        Collection<? extends Certificate> found = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
        if (found.isEmpty()) {
            throw new IOException(file + " holds no certificate");
        }
        return found;
    }

    private static PrivateKey key(Path file) throws GeneralSecurityException, IOException {
        String text = new String(SecretFile.read(file), StandardCharsets.US_ASCII);
        String begin = "-----BEGIN PRIVATE KEY-----";
        int from = text.indexOf(begin);
        int to = text.indexOf("-----END PRIVATE KEY-----");
        if (from < 0 || to < from) {
            throw new IOException(file + " holds no key in PKCS#8 that is not encrypted");
        }
        byte[] bytes = Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
            } catch (InvalidKeySpecException another) {
                // It is of one of the other algorithms, or of none of them.
            }
        }
        throw new IOException(file + " holds no key of RSA, EC or Ed25519");
    }
}
