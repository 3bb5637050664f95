package postwarden.serve.access;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.security.auth.x500.X500Principal;
import postwarden.policy.NamePattern;
import postwarden.producer.config.SecretFile;

/**
 * Callers that are known by a token or by a certificate. One a line, five columns apart by blanks: name, role, tenants, hosts
 * (both apart by commas, {@code *} for all), and either {@code sha256:} and the hash of the token in hexadecimal digits, or
 * {@code subject:} and the certificate's subject (RFC 2253) up to the end of the line. {@code #} begins a comment.
 */
public final class AccessList {
    private static final int COLUMNS = 5;
    private static final String TOKEN = "sha256:";
    private static final String SUBJECT = "subject:";
    private static final int HEX_DIGITS = 64;

    private final Map<String, Caller> tokens = new HashMap<>();
    private final Map<LdapName, Caller> subjects = new HashMap<>();

    /** @throws IllegalArgumentException naming the file, the line and what is wrong with it */
    public static AccessList read(Path file) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(SecretFile.read(file)))
                    .toString();
        } catch (CharacterCodingException binary) {
            throw new IllegalArgumentException(file + ": it is not text in UTF-8", binary);
        }
        AccessList list = new AccessList();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            try {
                if (!line.isEmpty() && !line.startsWith("#")) {
                    list.add(line.split("\\s+", COLUMNS));
                }
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException(file + ": line " + (i + 1) + ": " + wrong.getMessage(), wrong);
            }
        }
        return list;
    }

    private void add(String[] columns) {
        if (columns.length < COLUMNS) {
            throw new IllegalArgumentException("it must have name, role, tenants, hosts and sha256:… or subject:…");
        }
        Role role = Role.of(columns[1])
                .orElseThrow(() -> new IllegalArgumentException("role must be reader, operator, admin or peer"));
        Caller caller = new Caller(
                columns[0],
                role,
                Set.of(columns[2].split(",")),
                Arrays.stream(columns[3].split(",")).map(NamePattern::new).toList());
        boolean isNew;
        if (columns[4].startsWith(TOKEN)) {
            isNew = tokens.putIfAbsent(hash(columns[4].substring(TOKEN.length())), caller) == null;
        } else if (columns[4].startsWith(SUBJECT)) {
            isNew = subjects.putIfAbsent(subject(columns[4].substring(SUBJECT.length())), caller) == null;
        } else {
            throw new IllegalArgumentException("the last column must begin with sha256: or subject:");
        }
        if (!isNew) {
            throw new IllegalArgumentException("the same token or subject stands above");
        }
    }

    private static String hash(String text) {
        String hex = text.toLowerCase(Locale.ROOT);
        if (hex.length() != HEX_DIGITS || !hex.chars().allMatch(HexFormat::isHexDigit)) {
            throw new IllegalArgumentException(
                    "sha256: must be followed by 64 hexadecimal digits, and never by the token itself");
        }
        return hex;
    }

    private static LdapName subject(String text) {
        try {
            return new LdapName(text);
        } catch (InvalidNameException wrong) {
            throw new IllegalArgumentException("the subject is no distinguished name (RFC 2253)", wrong);
        }
    }

    /** Who has this token. The table is of hashes, so the time that looking takes says nothing of any token. */
    public Optional<Caller> byToken(String token) {
        return Optional.ofNullable(tokens.get(sha256(token)));
    }

    /** Who has a certificate of this subject. */
    public Optional<Caller> bySubject(X500Principal principal) {
        return Optional.ofNullable(subjects.get(subject(principal.getName(X500Principal.RFC2253))));
    }

    private static String sha256(String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
