package postwarden.tls;

/**
 * Transport security, 1.2 and 1.3, with files in PEM.
 *
 * @param certificate path of the certificate and those between it and its authority; default empty: in clear, which is only
 *     accepted on loopback
 * @param key path of its private key (PKCS#8, not encrypted), only its owner's; default empty
 * @param clientCa path of the authorities whose client certificates are taken, and which peers are trusted by; default empty:
 *     no client certificates, and peers are trusted by the JVM's authorities
 */
public record TlsParams(String certificate, String key, String clientCa) {
    public static final TlsParams STANDARD = new TlsParams("", "", "");

    public TlsParams {
        if (certificate.isEmpty() != key.isEmpty()) {
            throw new IllegalArgumentException("certificate and key must both be given, or neither");
        }
        if (certificate.isEmpty() && !clientCa.isEmpty()) {
            throw new IllegalArgumentException("client-ca needs a certificate and a key");
        }
    }

    public boolean isUsed() {
        return !certificate.isEmpty();
    }
}
