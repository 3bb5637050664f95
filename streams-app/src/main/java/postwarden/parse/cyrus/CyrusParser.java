package postwarden.parse.cyrus;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.DaemonParser;
import postwarden.parse.rule.Remarks;
import postwarden.parse.rule.Rule;
import postwarden.parse.rule.RuleList;

/**
 * Cyrus IMAP 2.2 to 3.12: {@code cyrus/imaps}, or {@code imaps} alone where syslog's prefix is not set. Some of these
 * names are other servers' as well, so the rules take nothing but what Cyrus writes; only of programs that keep the
 * store in order everything is known, as nothing of it is of interest here.
 */
public final class CyrusParser implements DaemonParser {
    private static final String PREFIX = "cyrus/";

    private static final Set<String> SERVERS = Set.of(
            "imap",
            "imaps",
            "imapd",
            "pop3",
            "pop3s",
            "pop3d",
            "lmtp",
            "lmtpunix",
            "lmtpd",
            "sieve",
            "timsieved",
            "nntp",
            "nntps",
            "nntpd",
            "proxyd",
            "lmtpproxyd",
            "pop3proxyd",
            "mupdate");

    private static final Set<String> KEEPERS = Set.of(
            "master",
            "notifyd",
            "notify",
            "idled",
            "squatter",
            "tls_prune",
            "ptexpire",
            "reconstruct",
            "quota",
            "deliver",
            "sync_client",
            "sync_server",
            "syncserver",
            "promstatd",
            "fud",
            "ipurge",
            "delprune",
            "checkpoint",
            "tlsprune",
            "recover",
            "cvt_cyrusdb",
            "mbpath",
            "deleteprune",
            "expungeprune",
            "http",
            "https",
            "httpd",
            "ctl_mboxlist");

    private static final RuleList RULES = new RuleList(Stream.of(CyrusLogins.RULES, CyrusNotices.RULES)
            .flatMap(List::stream)
            .toList());

    private static final RuleList KEEPING = new RuleList(List.of(Remarks.beginning("cyrus/keeping", Kind.OTHER, "")));

    @Override
    public boolean owns(String program) {
        return program.startsWith(PREFIX) || isKeeper(program) || SERVERS.contains(program);
    }

    @Override
    public void read(Event.Builder event) {
        event.daemon(Daemon.CYRUS);
        String program = event.line().program();
        boolean prefixed = program.startsWith(PREFIX);
        String name = prefixed ? program.substring(PREFIX.length()) : program;
        String service = service(name);
        if (!service.isEmpty()) {
            event.put(Field.SERVICE, service);
        }
        Cursor cursor = new Cursor(event.line().message());
        boolean known = RULES.read(cursor, event);
        boolean keeper = (prefixed || program.startsWith("cyr_") || program.startsWith("ctl_")) && isKeeper(name);
        if (!known && !(keeper && KEEPING.read(cursor, event))) {
            event.clear();
        }
    }

    @Override
    public List<Rule> rules() {
        return Stream.of(RULES, KEEPING).flatMap(list -> list.rules().stream()).toList();
    }

    private static boolean isKeeper(String name) {
        return name.startsWith("cyr_") || name.startsWith("ctl_") || KEEPERS.contains(name);
    }

    private static String service(String name) {
        if (name.startsWith("imap") || name.equals("proxyd")) {
            return "imap";
        }
        if (name.startsWith("pop3")) {
            return "pop3";
        }
        if (name.startsWith("lmtp")) {
            return "lmtp";
        }
        return name.endsWith("sieve") || name.equals("timsieved") ? "sieve" : "";
    }
}
