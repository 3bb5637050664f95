package postwarden.soc;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A technique of MITRE ATT&amp;CK for Enterprise, version 17, with the tactics that it serves.
 *
 * @param id such as {@code T1110.003}
 * @param name empty for one that this table does not know
 * @param tactics in the order of the matrix
 */
public record Technique(String id, String name, List<Tactic> tactics) {
    /** The version that names and tactics are taken from. */
    public static final String ATTACK_VERSION = "17.1";

    private static final String SITE = "https://attack.mitre.org/";
    private static final Tactic CREDENTIAL_ACCESS = new Tactic("TA0006", "Credential Access");
    private static final Tactic IMPACT = new Tactic("TA0040", "Impact");
    private static final Tactic INITIAL_ACCESS = new Tactic("TA0001", "Initial Access");
    private static final Tactic PERSISTENCE = new Tactic("TA0003", "Persistence");
    private static final Tactic PRIVILEGE_ESCALATION = new Tactic("TA0004", "Privilege Escalation");
    private static final Tactic DEFENSE_EVASION = new Tactic("TA0005", "Defense Evasion");
    private static final Tactic RESOURCE_DEVELOPMENT = new Tactic("TA0042", "Resource Development");

    /** Those that detectors name, and what these are kinds of. */
    private static final Map<String, Technique> KNOWN = Stream.of(
                    new Technique(
                            "T1078",
                            "Valid Accounts",
                            List.of(INITIAL_ACCESS, PERSISTENCE, PRIVILEGE_ESCALATION, DEFENSE_EVASION)),
                    new Technique("T1110", "Brute Force", List.of(CREDENTIAL_ACCESS)),
                    new Technique("T1110.001", "Password Guessing", List.of(CREDENTIAL_ACCESS)),
                    new Technique("T1110.003", "Password Spraying", List.of(CREDENTIAL_ACCESS)),
                    new Technique("T1110.004", "Credential Stuffing", List.of(CREDENTIAL_ACCESS)),
                    new Technique("T1499", "Endpoint Denial of Service", List.of(IMPACT)),
                    new Technique("T1499.002", "Service Exhaustion Flood", List.of(IMPACT)),
                    new Technique("T1505", "Server Software Component", List.of(PERSISTENCE)),
                    new Technique("T1505.003", "Web Shell", List.of(PERSISTENCE)),
                    new Technique("T1585", "Establish Accounts", List.of(RESOURCE_DEVELOPMENT)),
                    new Technique("T1585.002", "Email Accounts", List.of(RESOURCE_DEVELOPMENT)),
                    new Technique("T1667", "Email Bombing", List.of(IMPACT)))
            .collect(Collectors.toUnmodifiableMap(Technique::id, technique -> technique));

    public Technique {
        tactics = List.copyOf(tactics);
    }

    /** The technique of that id, without name and tactics where the table does not know it. */
    public static Technique of(String id) {
        return KNOWN.getOrDefault(id, new Technique(id, "", List.of()));
    }

    /** Whether it is a kind of another. */
    public boolean isSub() {
        return id.indexOf('.') >= 0;
    }

    /** What it is a kind of; itself where it is none. */
    public Technique parent() {
        return isSub() ? of(id.substring(0, id.indexOf('.'))) : this;
    }

    /** Its page. */
    public String page() {
        return SITE + "techniques/" + id.replace('.', '/') + "/";
    }

    /** What an attacker is after. */
    public record Tactic(String id, String name) {
        /** Its page. */
        public String page() {
            return SITE + "tactics/" + id + "/";
        }
    }
}
