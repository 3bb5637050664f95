package postwarden.parse.postfix;

import postwarden.event.Event;
import postwarden.event.Field;

/**
 * What a Postfix program name tells.
 *
 * @param process such as {@code smtpd}; empty where the name has no slash
 * @param service {@code smtp}, {@code submission} or {@code submissions} for what takes mail in; empty when unknown
 */
record PostfixProgram(String process, String service) {
    private static final String NAME = "postfix";

    /** Whether this is Postfix, also as a second instance such as {@code postfix-out}. */
    static boolean isPostfix(String program) {
        if (!program.startsWith(NAME)) {
            return false;
        }
        return program.length() == NAME.length() || "/-".indexOf(program.charAt(NAME.length())) >= 0;
    }

    static PostfixProgram of(String program) {
        int slash = program.lastIndexOf('/');
        if (slash < 0) {
            return new PostfixProgram("", "");
        }
        return new PostfixProgram(program.substring(slash + 1), service(program.substring(0, slash)));
    }

    /** The process as a transport: the retry service is the error process by another name. */
    String transport() {
        return process.equals("retry") ? "error" : process;
    }

    void putService(Event.Builder event) {
        if (!service.isEmpty()) {
            event.put(Field.SERVICE, service);
        }
    }

    /** The service that a name of master.cf means, by name or port; the name itself when it is another. */
    static String serviceOf(String name) {
        return switch (name) {
            case "smtp", "smtpd", "25", "2525" -> "smtp";
            case "submission", "587" -> "submission";
            case "submissions", "smtps", "465" -> "submissions";
            default -> name;
        };
    }

    private static String service(String syslogName) {
        if (syslogName.endsWith("/smtps") || syslogName.endsWith("/submissions")) {
            return "submissions";
        }
        return syslogName.endsWith("/submission") ? "submission" : "smtp";
    }
}
