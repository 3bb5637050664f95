package postwarden.incident;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import postwarden.detect.Finding;
import postwarden.detect.Subject;

/**
 * The name that an incident is given when it opens: a UUID of version 5 (RFC 4122, 4.3: SHA-1 over a namespace and a name), so
 * that whoever decides the same from the same lines gives the same name.
 */
final class IncidentId {
    /** Namespace of Postwarden's incidents: drawn once at random, never to be changed. */
    static final UUID NAMESPACE = UUID.fromString("59184809-54f5-4647-9e77-871212bf7a80");

    private static final int VERSION_5 = 0x50;
    private static final int RFC_4122_VARIANT = 0x80;

    private IncidentId() {}

    /**
     * The id of the incident that this finding opens. The name hashed is tenant, detector, server, client, account, sender,
     * destination, recipient, script and pane number as netstrings; for one host's numbers about a subject without a server,
     * the host stands for it, so that two hosts' incidents are two.
     */
    static String of(Finding finding) {
        Subject subject = finding.subject();
        String server = subject.server().isEmpty() ? finding.host() : subject.server();
        return of(Slot.joined(
                finding.key().tenant(),
                finding.detector(),
                server,
                subject.client(),
                subject.account(),
                subject.sender(),
                subject.destination(),
                subject.recipient(),
                subject.script(),
                Long.toString(finding.pane())));
    }

    static String of(String name) {
        byte[] hash = sha1(name);
        hash[6] = (byte) ((hash[6] & 0x0f) | VERSION_5);
        hash[8] = (byte) ((hash[8] & 0x3f) | RFC_4122_VARIANT);
        ByteBuffer bits = ByteBuffer.wrap(hash);
        return new UUID(bits.getLong(), bits.getLong()).toString();
    }

    private static byte[] sha1(String name) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(NAMESPACE.getMostSignificantBits())
                    .putLong(NAMESPACE.getLeastSignificantBits())
                    .flip());
            return digest.digest(name.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform must have SHA-1", impossible);
        }
    }
}
