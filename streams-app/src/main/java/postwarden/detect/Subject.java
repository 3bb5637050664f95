package postwarden.detect;

/** What a finding is about; an empty text where an entity plays no part. */
public record Subject(
        String server,
        String client,
        String account,
        String sender,
        String destination,
        String recipient,
        String script) {
    public static Subject client(String server, String client) {
        return new Subject(server, client, "", "", "", "", "");
    }

    public static Subject account(String account) {
        return new Subject("", "", account, "", "", "", "");
    }

    public static Subject destination(String server, String destination) {
        return new Subject(server, "", "", "", destination, "", "");
    }
}
