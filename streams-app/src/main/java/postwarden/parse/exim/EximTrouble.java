package postwarden.parse.exim;

import static java.util.Map.entry;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.event.Stage;
import postwarden.event.Status;
import postwarden.parse.reply.Phrases;
import postwarden.parse.reply.Replies;
import postwarden.parse.rule.Cursor;

/** Why a delivery of Exim's failed (smtp.c, lmtp.c, deliver.c, 4.94 to 4.100): what the other side said, what the network did, or what this host decided. */
final class EximTrouble {
    /** What stands before the command that was answered, and before the answer (sources 4.8x to 4.9x: smtp.c, lmtp.c). */
    private static final List<String> ANSWERED = List.of(
            "SMTP error from remote mail server after ",
            "SMTP error from remote server after ",
            "SMTP error from remote mailer after ",
            "LMTP error after ",
            "SMTP timeout after ",
            "SMTP timeout while connected to ",
            "LMTP timeout after ",
            "Malformed SMTP reply ",
            "Malformed LMTP response ",
            "Remote host ");

    private static final List<Map.Entry<String, Stage>> COMMANDS = List.of(
            entry("initial connection", Stage.CONNECT),
            entry("EHLO", Stage.HELO),
            entry("HELO", Stage.HELO),
            entry("LHLO", Stage.HELO),
            entry("STARTTLS", Stage.STARTTLS),
            entry("AUTH", Stage.AUTH),
            entry("MAIL", Stage.MAIL),
            entry("RCPT", Stage.RCPT),
            entry("DATA", Stage.DATA),
            entry("BDAT", Stage.DATA),
            entry("sending data block", Stage.DATA),
            entry("end of data", Stage.END_OF_DATA),
            entry("QUIT", Stage.QUIT));

    /** What the network did, as strerror(3) says it. */
    private static final List<Map.Entry<String, Reason>> NETWORK = List.of(
            entry("Connection refused", Reason.CONNECTION_REFUSED),
            entry("Connection timed out", Reason.CONNECTION_TIMED_OUT),
            // BSD's words for the same.
            entry("Operation timed out", Reason.CONNECTION_TIMED_OUT),
            entry("Connection reset by peer", Reason.CONNECTION_LOST),
            entry("Broken pipe", Reason.CONNECTION_LOST),
            entry("Host is down", Reason.NETWORK_UNREACHABLE),
            entry("Network is down", Reason.NETWORK_UNREACHABLE),
            entry("Network Error", Reason.NETWORK_UNREACHABLE),
            entry("No route to host", Reason.NETWORK_UNREACHABLE),
            entry("Network is unreachable", Reason.NETWORK_UNREACHABLE),
            entry("Network unreachable", Reason.NETWORK_UNREACHABLE),
            // This host has no address of the other's family; Linux, FreeBSD and NetBSD, musl and macOS.
            entry("Cannot assign requested address", Reason.NETWORK_UNREACHABLE),
            entry("Can't assign requested address", Reason.NETWORK_UNREACHABLE),
            entry("Address not available", Reason.NETWORK_UNREACHABLE),
            entry("Address family not supported by protocol", Reason.NETWORK_UNREACHABLE));

    /** What this host found without asking the other side (sources 4.9x: deliver.c, route.c, the routers, retry.c). */
    private static final List<Map.Entry<String, Reason>> OWN = List.of(
            entry("retry time not reached", Reason.NOT_TRIED),
            entry("Retry time not yet reached", Reason.NOT_TRIED),
            entry("retry timeout exceeded", Reason.NOT_TRIED),
            entry("domain is held", Reason.NOT_TRIED),
            entry("domain is in queue_domains", Reason.NOT_TRIED),
            entry("SMTP delivery explicitly queued", Reason.NOT_TRIED),
            entry("first-pass only routing", Reason.NOT_TRIED),
            entry("missing MX, or all MXs point to missing", Reason.DNS_NOT_FOUND),
            entry("setting up TLS session", Reason.TLS),
            entry("setting up a TLS session", Reason.TLS),
            entry("domain matches queue_domains", Reason.NOT_TRIED),
            entry("domain matches queue_smtp_domains", Reason.NOT_TRIED),
            entry("remote host address is the local host", Reason.MAIL_LOOP),
            entry("host lookup did not complete", Reason.DNS_TEMPORARY),
            entry("lookup of host", Reason.DNS_TEMPORARY),
            entry("all relevant MX records point to non-existent hosts", Reason.DNS_NOT_FOUND),
            entry("an MX or SRV record indicated no SMTP service", Reason.DNS_NOT_FOUND),
            entry("Unrouteable address", Reason.UNKNOWN_RECIPIENT),
            entry("Unknown user", Reason.UNKNOWN_RECIPIENT),
            entry("unknown local-part", Reason.UNKNOWN_RECIPIENT),
            entry("No such user", Reason.UNKNOWN_RECIPIENT),
            entry("lowest numbered MX record points to local host", Reason.MAIL_LOOP),
            entry("Too many \"Received\" headers", Reason.MAIL_LOOP),
            entry("mailbox is full", Reason.MAILBOX_FULL),
            entry("Permission denied", Reason.SERVER_CONFIGURATION),
            entry("never_users list", Reason.SERVER_CONFIGURATION),
            entry("a TLS session is required", Reason.TLS),
            entry("TLS session:", Reason.TLS),
            entry("(gnutls_", Reason.TLS),
            entry("(SSL_", Reason.TLS));

    private static final Phrases OWN_PHRASES = new Phrases(
            OWN.stream().map(own -> own.getKey().toLowerCase(Locale.ROOT)).toList());

    /** The routers in which cPanel's own words stand; elsewhere a user's filter could say the same. */
    private static final Set<String> CPANEL_ROUTERS = Set.of("enforce_mail_permissions", "check_mail_permissions");

    private final Replies replies;

    EximTrouble(Replies replies) {
        this.replies = replies;
    }

    /** Whether here stands how an attempt at one host failed. */
    static boolean isAny(Cursor cursor) {
        return ANSWERED.stream().anyMatch(cursor::sees)
                || NETWORK.stream().anyMatch(what -> cursor.sees(what.getKey()))
                || cursor.sees("a TLS session is required");
    }

    /**
     * Puts what a failure text says into the event.
     *
     * @param router empty when the line names none
     */
    void describe(String text, String router, Event.Builder event) {
        Cursor cursor = new Cursor(text);
        if (answered(cursor, event)
                || network(cursor, event)
                || (CPANEL_ROUTERS.contains(router) && EximCpanel.accountLimit(text, event))) {
            return;
        }
        int own = OWN_PHRASES.first(text);
        Reason reason = own < OWN.size() ? OWN.get(own).getValue() : replies.reason(-1, "", text);
        event.put(Field.ORIGIN, Origin.LOCAL).put(Field.REASON, reason).put(Field.REPLY_TEXT, text);
        if (text.contains("retry timeout exceeded")) {
            event.put(Field.STATUS, Status.EXPIRED);
        }
    }

    private boolean answered(Cursor cursor, Event.Builder event) {
        String form = ANSWERED.stream().filter(cursor::take).findFirst().orElse("");
        if (form.isEmpty()) {
            return false;
        }
        event.put(Field.ORIGIN, Origin.REMOTE);
        if (form.startsWith("Remote host")) {
            cursor.upTo("in response to ");
            stage(cursor).ifPresent(stage -> event.put(Field.STAGE, stage));
            event.put(Field.REASON, Reason.CONNECTION_LOST);
        } else if (form.contains(" timeout ")) {
            timeout(cursor, event);
        } else if (form.startsWith("Malformed")) {
            cursor.upTo(cursor.ahead("in response to ") ? "in response to " : "after ");
            stage(cursor).ifPresent(stage -> event.put(Field.STAGE, stage));
            event.put(Field.REASON, Reason.SYNTAX);
        } else {
            stage(cursor).ifPresent(stage -> event.put(Field.STAGE, stage));
            skipCommand(cursor);
            replies.describe(event, reply(cursor));
        }
        return true;
    }

    private static void timeout(Cursor cursor, Event.Builder event) {
        Optional<Stage> stage = stage(cursor);
        stage.ifPresent(known -> event.put(Field.STAGE, known));
        boolean atConnect = stage.isPresent() && stage.get() == Stage.CONNECT;
        event.put(Field.REASON, atConnect ? Reason.CONNECTION_TIMED_OUT : Reason.TIMED_OUT);
    }

    /** Reads which command was answered, and stands before it. */
    private static Optional<Stage> stage(Cursor cursor) {
        cursor.take("pipelined ");
        return COMMANDS.stream()
                .filter(command -> cursor.sees(command.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** Moves behind the command, whose address may hold a colon. */
    private static void skipCommand(Cursor cursor) {
        int colon = cursor.text().indexOf(": ", cursor.at());
        int open = cursor.text().indexOf('<', cursor.at());
        if (open >= 0 && open < colon) {
            cursor.moveTo(open);
            EximText.address(cursor);
        }
        cursor.upTo(": ");
    }

    /** The reply itself; older versions name the host once more before it: {@code host name [address]: 550 …}. */
    private static String reply(Cursor cursor) {
        int start = cursor.at();
        if (cursor.take("host ")) {
            cursor.upTo("]: ");
            if (Replies.code(cursor.text().substring(cursor.at())) > 0) {
                return cursor.rest();
            }
        }
        cursor.moveTo(start);
        return cursor.rest();
    }

    private static boolean network(Cursor cursor, Event.Builder event) {
        for (Map.Entry<String, Reason> what : NETWORK) {
            if (cursor.sees(what.getKey())) {
                event.put(Field.REASON, what.getValue())
                        .put(Field.ORIGIN, Origin.REMOTE)
                        .put(Field.STAGE, Stage.CONNECT);
                return true;
            }
        }
        return false;
    }
}
