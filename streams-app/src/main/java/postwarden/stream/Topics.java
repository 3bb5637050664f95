package postwarden.stream;

/**
 * The topics that the topology reads and writes; a replay has outputs of its own.
 *
 * @param lines what the producers wrote, key: host
 * @param alerts every transition of every incident, key: incidentId
 * @param incidents the latest state of every incident, compacted, key: incidentId
 * @param policy what operators have decided, compacted, key: tenant/id; empty where nobody decides, as in a replay
 * @param deadLetters records that could not be read, as they came, with the cause in their headers
 */
public record Topics(String lines, String alerts, String incidents, String deadLetters, String policy) {
    /** What agents measure on their hosts, key: host; provisioned with the others, and not read by the topology. */
    public static final String SAMPLES = "mail.samples";

    public static final Topics STANDARD =
            new Topics("mail.lines", "mail.alerts", "mail.incidents", "mail.dead-letters", "mail.policy");
}
