package postwarden.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postwarden.serve.access.AccessParams;
import postwarden.serve.access.OidcParams;
import postwarden.serve.peer.PeerParams;
import postwarden.tally.Watch;
import postwarden.tls.Identity;
import postwarden.tls.TlsFiles;
import postwarden.tls.TlsParams;

/** Instances and callers that show certificates. */
class TlsTest {
    @TempDir
    private Path folder = Path.of(".");

    private Identity node;
    private Identity console;
    private Identity stranger;

    TlsTest() {}

    @BeforeEach
    void make() throws Exception {
        node = Identity.made(folder, "CN=node,O=Example", "node");
        console = Identity.made(folder, "CN=soc console,O=Example", "console");
        stranger = Identity.made(folder, "CN=soc console,O=Example", "stranger");
        Identity.certificates(folder.resolve("node.crt"), node);
        node.key(folder.resolve("node.key"));
        Identity.certificates(folder.resolve("ca.crt"), node, console);
    }

    private ApiParams secured(ApiParams params) {
        PeerParams peers = params.peers();
        return new ApiParams(
                true,
                params.host(),
                params.port(),
                "",
                new TlsParams(
                        folder.resolve("node.crt").toString(),
                        folder.resolve("node.key").toString(),
                        folder.resolve("ca.crt").toString()),
                new AccessParams(
                        folder.resolve("list").toString(), params.access().recheck(), OidcParams.STANDARD, "reader"),
                new PeerParams(
                        peers.advertise(),
                        peers.list(),
                        "",
                        peers.connectTimeout(),
                        peers.timeout(),
                        peers.answerMib()),
                params.limits(),
                params.live());
    }

    private Pair start() throws IOException {
        Files.writeString(
                folder.resolve("list"),
                "console reader default * subject:CN=soc console,O=Example\nnode peer * * subject:CN=node, O=Example\n"
                        + "anna reader default * sha256:" + Pair.sha256(Pair.READER) + "\n");
        Files.setPosixFilePermissions(folder.resolve("list"), PosixFilePermissions.fromString("rw-------"));
        Pair pair = Pair.start(folder, this::secured);
        pair.holds(pair.addressB, Watch.SERVER, "mx1", 1, "mx1");
        return pair;
    }

    private HttpClient client(@Nullable Identity own, String... protocols) throws Exception {
        return node.trusting(Optional.ofNullable(own), protocols);
    }

    private static HttpResponse<String> ask(HttpClient client, String address, String path, String token)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://" + address + path));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void a_certificate_lets_its_subject_in_and_instances_ask_each_other_by_theirs() throws Exception {
        try (Pair pair = start()) {
            HttpClient known = client(console);
            HttpResponse<String> answer = ask(known, pair.addressA, "/api/v1/servers/mx1", "");

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
            assertThat(ask(known, pair.addressA, "/api/v1/stores", "").statusCode())
                    .isEqualTo(403);
            assertThat(ask(client(node), pair.addressA, "/api/v1/servers/mx1", "")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(ask(client(null), pair.addressA, "/api/v1/servers/mx1", "")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(ask(client(null), pair.addressA, "/api/v1/servers/mx1", Pair.READER)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void a_certificate_of_nobody_an_old_protocol_and_clear_text_are_refused() throws Exception {
        try (Pair pair = start()) {
            HttpClient forged = client(stranger);
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> ask(forged, pair.addressA, "/api/v1/servers/mx1", ""));
            HttpClient old = client(console, "TLSv1.1");
            assertThatExceptionOfType(SSLException.class)
                    .isThrownBy(() -> ask(old, pair.addressA, "/api/v1/servers/mx1", ""));
            assertThatExceptionOfType(java.io.UncheckedIOException.class)
                    .isThrownBy(() -> pair.get(pair.addressA, "/api/v1/servers/mx1", Pair.READER));
        }
    }

    @Test
    void files_that_are_no_keys_or_open_to_others_are_named() throws Exception {
        TlsParams good = new TlsParams(
                folder.resolve("node.crt").toString(),
                folder.resolve("node.key").toString(),
                "");
        Files.setPosixFilePermissions(folder.resolve("node.key"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TlsFiles.read(good))
                .withMessageContaining("open to others than its owner");
        TlsParams swapped = new TlsParams(
                folder.resolve("node.crt").toString(),
                folder.resolve("console.p12").toString(),
                "");
        Files.setPosixFilePermissions(folder.resolve("console.p12"), PosixFilePermissions.fromString("rw-------"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TlsFiles.read(swapped))
                .withMessageContaining("console.p12 holds no key");
    }
}
