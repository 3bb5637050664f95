package postwarden.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/**
 * A key and a certificate for 127.0.0.1 that it signed itself, made by the JDK's keytool.
 *
 * @param store holds both
 */
public record Identity(KeyStore store) {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String OWN = "own";

    /** Makes one, in files of this name. */
    public static Identity made(Path folder, String subject, String name) throws Exception {
        Path file = folder.resolve(name + ".p12");
        Path log = folder.resolve("keytool.log");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        OWN,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        subject,
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-ext",
                        "bc:c",
                        "-validity",
                        "30",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).as(Files.readString(log)).isZero();
        return new Identity(KeyStore.getInstance(file.toFile(), PASSWORD));
    }

    /** Writes its key, only its owner's. */
    public String key(Path file) throws Exception {
        return pem(file, "PRIVATE KEY", List.of(store.getKey(OWN, PASSWORD).getEncoded()));
    }

    /** Writes the certificates of some. */
    public static String certificates(Path file, Identity... of) throws Exception {
        byte[][] all = new byte[of.length][];
        for (int i = 0; i < of.length; i++) {
            all[i] = of[i].store.getCertificate(OWN).getEncoded();
        }
        return pem(file, "CERTIFICATE", List.of(all));
    }

    private static String pem(Path file, String kind, List<byte[]> parts) throws IOException {
        StringBuilder text = new StringBuilder();
        for (byte[] part : parts) {
            text.append("-----BEGIN ").append(kind).append("-----\n");
            text.append(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(part));
            text.append("\n-----END ").append(kind).append("-----\n");
        }
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file.toString();
    }

    /** Who trusts this one, and shows another or nothing. */
    public HttpClient trusting(Optional<Identity> shown, String... protocols) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(shown.isPresent() ? shown.get().store : null, PASSWORD);
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        SSLParameters parameters = context.getDefaultSSLParameters();
        if (protocols.length > 0) {
            parameters.setProtocols(protocols);
        }
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(context)
                .sslParameters(parameters)
                .build();
    }
}
