package postwarden.serve;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postwarden.producer.config.SecretFile;
import postwarden.serve.access.Caller;
import postwarden.serve.wire.Json;

/**
 * Who has looked up whom, and who has decided what: one JSON object a line in a log of its own, {@code postwarden.audit}. Names
 * are hashed where a key is configured.
 */
final class Audit {
    private static final Logger LOG = LoggerFactory.getLogger("postwarden.audit");
    private static final String HMAC = "HmacSHA256";
    private static final int LEAST_KEY_BYTES = 32;

    private final Clock clock;
    private final Optional<SecretKeySpec> key;

    /** @throws IllegalArgumentException when the key cannot be used, saying why */
    Audit(String keyFile, Clock clock) {
        this.clock = clock;
        this.key = keyFile.isEmpty() ? Optional.empty() : Optional.of(key(Path.of(keyFile)));
    }

    private static SecretKeySpec key(Path file) {
        byte[] bytes = SecretFile.read(file);
        if (bytes.length < LEAST_KEY_BYTES) {
            throw new IllegalArgumentException(
                    file + ": the key must have " + LEAST_KEY_BYTES + " bytes or more, not " + bytes.length);
        }
        return new SecretKeySpec(bytes, HMAC);
    }

    /** @param what was done, such as lookup, {@code kind} what to, and {@code status} how it was answered */
    void record(Caller caller, String what, String kind, String tenant, String name, int status) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("time", clock.instant());
        line.put("caller", caller.name());
        line.put("role", caller.role().name());
        line.put("action", what);
        line.put("kind", kind);
        line.put("tenant", tenant);
        line.put(key.isEmpty() ? "name" : "nameHash", key.isEmpty() ? name : hash(key.get(), kind, tenant, name));
        line.put("status", status);
        LOG.info(new String(Json.bytes(line), StandardCharsets.UTF_8));
    }

    private static String hash(SecretKeySpec key, String kind, String tenant, String name) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            byte[] all = (tenant + '\0' + kind + '\0' + name).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(mac.doFinal(all));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has " + HMAC, impossible);
        }
    }
}
