package postwarden.producer.receive;

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
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS as RFC 5425 wants it, in its versions 1.3 and 1.2 (RFC 9662); of 1.2 only with keys that are forgotten and ciphers that notice
 * every change. Without 1.2 the rsyslog of Debian 12 (8.2302, GnuTLS) could not send unless told otherwise: 1.2 is all it offers.
 */
final class TlsContext {
    private static final Logger LOG = LoggerFactory.getLogger(TlsContext.class);
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519");
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";
    private static final char[] NO_PASSWORD = {};

    private TlsContext() {}

    /**
     * An unbound socket whose connections speak TLS.
     *
     * @throws IOException when the files make no keys, saying which and why
     */
    static SSLServerSocket socket(TlsFiles files) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    keys(files).getKeyManagers(),
                    files.clientAuthorities().isPresent()
                            ? trust(files.clientAuthorities().get()).getTrustManagers()
                            : null,
                    null);
            SSLServerSocket socket =
                    (SSLServerSocket) context.getServerSocketFactory().createServerSocket();
            socket.setEnabledProtocols(VERSIONS);
            socket.setEnabledCipherSuites(Stream.of(socket.getSupportedCipherSuites())
                    .filter(TlsContext::isGood)
                    .toArray(String[]::new));
            socket.setNeedClientAuth(files.clientAuthorities().isPresent());
            return socket;
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "no TLS with " + files.certificate() + " and " + files.key() + ": " + e.getMessage(), e);
        }
    }

    /** 1.3 has no others ({@code TLS_AES_…}, {@code TLS_CHACHA20_…}). */
    private static boolean isGood(String suite) {
        boolean sealed = suite.contains("_GCM_") || suite.contains("_CHACHA20_");
        return sealed
                && (suite.startsWith("TLS_AES_")
                        || suite.startsWith("TLS_CHACHA20_")
                        || suite.startsWith("TLS_ECDHE_"));
    }

    private static KeyManagerFactory keys(TlsFiles files) throws IOException, GeneralSecurityException {
        Certificate[] chain = certificates(files.certificate()).toArray(new Certificate[0]);
        KeyStore store = empty();
        store.setKeyEntry("own", key(files.key()), NO_PASSWORD, chain);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, NO_PASSWORD);
        return keys;
    }

    private static TrustManagerFactory trust(Path authorities) throws IOException, GeneralSecurityException {
        KeyStore store = empty();
        int number = 0;
        for (Certificate authority : certificates(authorities)) {
            store.setCertificateEntry("authority" + number++, authority);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        return trust;
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Collection<? extends Certificate> certificates(Path file)
            throws IOException, GeneralSecurityException {
        var read = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
        if (read.isEmpty()) {
            throw new IOException(file + ": no certificate in it");
        }
        return read;
    }

    private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
        String text = Files.readString(file, StandardCharsets.US_ASCII);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(file + ": no private key in PKCS #8 (openssl pkcs8 -topk8 -nocrypt makes one)");
        }
        byte[] bytes = Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end));
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
            } catch (InvalidKeySpecException e) {
                LOG.debug("{}: no key for {}", file, algorithm);
            }
        }
        throw new IOException(file + ": the private key is none of " + ALGORITHMS);
    }
}
