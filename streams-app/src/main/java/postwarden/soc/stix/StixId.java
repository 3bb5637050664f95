package postwarden.soc.stix;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Identifiers that are the same whoever makes them from the same facts (STIX 2.1, section 2.9: UUIDs of version 5). */
final class StixId {
    /** The namespace that STIX gives to cyber-observable objects, so that everybody's 192.0.2.7 is one. */
    private static final UUID OBSERVABLES = UUID.fromString("00abedb4-aa42-466c-9c01-fed23315a9b7");
    /** Postwarden's own, for all that is no cyber-observable: drawn once at random, never to be changed. */
    private static final UUID OWN = UUID.fromString("6f2b1b1e-6a59-4f0e-9f7a-0d3c6a4b8f55");

    private static final int VERSION_5 = 0x50;
    private static final int RFC_4122_VARIANT = 0x80;

    private StixId() {}

    /**
     * The identifier of a cyber-observable object.
     *
     * @param contributing the id contributing properties as canonical JSON (RFC 8785)
     */
    static String observable(String type, String contributing) {
        return type + "--" + version5(OBSERVABLES, contributing);
    }

    /** An object of ours that stands for these facts. */
    static String own(String type, String... facts) {
        return type + "--" + version5(OWN, type + '\n' + String.join("\n", facts));
    }

    private static UUID version5(UUID namespace, String name) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(namespace.getMostSignificantBits())
                    .putLong(namespace.getLeastSignificantBits())
                    .flip());
            byte[] hash = sha1.digest(name.getBytes(StandardCharsets.UTF_8));
            hash[6] = (byte) ((hash[6] & 0x0f) | VERSION_5);
            hash[8] = (byte) ((hash[8] & 0x3f) | RFC_4122_VARIANT);
            ByteBuffer bits = ByteBuffer.wrap(hash);
            return new UUID(bits.getLong(), bits.getLong());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform must have SHA-1", impossible);
        }
    }
}
