package postwarden.producer.receive;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Keys for TLS, as PEM.
 *
 * @param certificate this host's certificate and those between it and its authority
 * @param key its private key: PKCS #8, not encrypted, RSA, EC or Ed25519
 * @param clientAuthorities authorities of which senders have to show a certificate; empty: anybody may send
 */
public record TlsFiles(Path certificate, Path key, Optional<Path> clientAuthorities) {}
