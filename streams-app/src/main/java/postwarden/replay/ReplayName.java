package postwarden.replay;

import postwarden.stream.Topics;

/**
 * What a replay is called, and so what its group, its topics and its state are called.
 *
 * @param text 1 to 64 of a-z, 0-9, _ and -
 */
public record ReplayName(String text) {
    private static final int MOST = 64;

    /** @throws IllegalArgumentException when the text is no such name */
    public ReplayName {
        if (text.isEmpty() || text.length() > MOST || !text.chars().allMatch(ReplayName::isNameCharacter)) {
            throw new IllegalArgumentException(
                    "a replay's name must be 1 to " + MOST + " of a-z, 0-9, '_' and '-', not '" + text + "'");
        }
    }

    /** The consumer group, and what the internal topics and the state's folder begin with. */
    public String applicationId(String live) {
        return live + "-replay-" + text;
    }

    /** Where the replay's plan is kept. */
    String planTopic(String live) {
        return applicationId(live) + "-plan";
    }

    /** The live service's lines, and outputs of the replay's own. */
    public Topics topics(Topics live) {
        return new Topics(
                live.lines(),
                live.alerts() + "." + text,
                live.incidents() + "." + text,
                live.deadLetters() + "." + text,
                "");
    }

    private static boolean isNameCharacter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    }
}
