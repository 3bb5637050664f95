package postwarden.parse.postfix;

import java.util.Set;
import postwarden.event.Event;
import postwarden.event.Field;

/**
 * What a Postfix program name tells: {@code syslog_name/process} (Postfix 3.10, mail_task.c), where {@code syslog_name} is
 * {@code postfix}, {@code postfix/submission}, the name of an instance, or what an administrator likes.
 *
 * @param process such as {@code smtpd}; empty where the name has no slash
 * @param service {@code smtp}, {@code submission} or {@code submissions} for what takes mail in
 * @param certain whether the name says that it is Postfix; else only the message can
 */
record PostfixProgram(String process, String service, boolean certain) {
    private static final String NAME = "postfix";

    /** Processes whose names no other daemon has behind a slash, so that the message may decide. */
    private static final Set<String> PROCESSES = Set.of(
            "smtpd",
            "smtp",
            "lmtp",
            "relay",
            "cleanup",
            "qmgr",
            "nqmgr",
            "oqmgr",
            "pickup",
            "bounce",
            "defer",
            "trace",
            "error",
            "retry",
            "local",
            "virtual",
            "pipe",
            "discard",
            "verify",
            "flush",
            "anvil",
            "postscreen",
            "dnsblog",
            "tlsproxy",
            "tlsmgr",
            "scache",
            "proxymap",
            "proxywrite",
            "trivial-rewrite",
            "showq",
            "master",
            "spawn",
            "postdrop",
            "postsuper",
            "postqueue",
            "sendmail",
            "postfix-script",
            "postlog",
            "postlogd",
            "postmulti",
            "postalias",
            "postmap",
            "qmqpd",
            "postconf",
            "postcat",
            "postkick");

    /** Daemons that name their processes behind a slash too. */
    private static final Set<String> OTHERS = Set.of("cyrus", "dovecot", "courier", "exim", "sendmail", "opensmtpd");

    /** Whether this is Postfix, also as a second instance such as {@code postfix-out}, or may be by its process. */
    static boolean mayBe(String program) {
        return isNamed(program) || hasProcess(program);
    }

    static PostfixProgram of(String program) {
        int slash = program.lastIndexOf('/');
        if (slash < 0) {
            return new PostfixProgram("", "smtp", isNamed(program));
        }
        String process = program.substring(slash + 1);
        return new PostfixProgram(process, service(program.substring(0, slash)), isNamed(program));
    }

    /** The process as a transport: the retry service is the error process by another name. */
    String transport() {
        return switch (process) {
            case "retry" -> "error";
            case "relay" -> "smtp";
            default -> process;
        };
    }

    void putService(Event.Builder event) {
        if (!process.isEmpty()) {
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

    /** {@code postfix}, {@code postfix/…}, {@code postfix-out/…}, {@code postfix2/…}, {@code mta-in/postfix/…}. */
    private static boolean isNamed(String program) {
        int at = program.startsWith(NAME) ? 0 : program.indexOf("/" + NAME + "/") + 1;
        if (at == 0 && !program.startsWith(NAME)) {
            return false;
        }
        int end = at + NAME.length();
        return end == program.length() || "/-".indexOf(program.charAt(end)) >= 0 || hasProcess(program);
    }

    private static boolean hasProcess(String program) {
        int slash = program.lastIndexOf('/');
        return slash >= 0
                && PROCESSES.contains(program.substring(slash + 1))
                && !OTHERS.contains(program.substring(0, program.indexOf('/')));
    }

    /** The service by the last part of {@code syslog_name}, or by how an instance's name ends. */
    private static String service(String syslogName) {
        String last = syslogName.substring(syslogName.lastIndexOf('/') + 1);
        String named = serviceOf(last.substring(last.lastIndexOf('-') + 1));
        return named.equals("submission") || named.equals("submissions") ? named : "smtp";
    }
}
