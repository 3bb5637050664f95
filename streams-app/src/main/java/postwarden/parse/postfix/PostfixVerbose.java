package postwarden.parse.postfix;

import java.util.Set;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.parse.rule.Cursor;

/**
 * Lines that Postfix writes only with {@code -v}, {@code debug_peer_list} or a high TLS log level (Postfix 3.10): the dialogue
 * ({@code > host[ip]: 220 …}), the name of a C function before a colon, or one of few first words. They tell nothing that other
 * lines do not, and may hold passwords, so that the text of the dialogue and of SASL code is left out.
 */
final class PostfixVerbose {
    private static final Set<String> FIRST_WORDS = Set.of("""
            table begin end pref skipping ignoring looking lookup reloaded save remove put delete open close read write \
            Read Write Verified Verified: Unverified: using cannot exiting lost TLS SSL3 running: send input connection \
            connecting idle daemon report process reply: event: free abort inspect query disconnect receive override \
            trying... starting disposing server client Using initial extracted old-style record flags errs site start done \
            wakeup defer enable request: request got throttle throttling spawn master time chdir queue: allowlisting \
            whitelisting relay_clientcerts: Relaying rewrite enter leave export SASL forward skip received removed renamed \
            PUT GOT PROBE EGD milter loaded pausing sendmsg chroot Compiled Run-time database mysql pgsql PUSH POP MX \
            expanded checks: name: type: level: path: sender: recipient: domain: local: user: extension: unmatched: owner: \
            delivered: relay: offset: why: flags: wakeup: children: next: debug: \
            authoritative: xsasl: gethostbyaddr: masquerade: setugid: fsspace: garbage""".split(" "));

    /** How lines begin that the Cyrus SASL library writes itself, past Postfix (cyrus-sasl 2.1, lib and plugins). */
    private static final Set<String> LIBRARY_WORDS = Set.of("""
            unable sql_select auxpropfunc _sasl_plugin_load DIGEST-MD5 OTP SQL sql canonuserfunc GSSAPI ldapdb could""".split(" "));

    private PostfixVerbose() {}

    static boolean read(Cursor cursor, Event.Builder event) {
        String message = cursor.text().substring(cursor.at());
        boolean dialogue = isDialogue(message);
        if (!dialogue && !isKnown(message) && !(cursor.at() == 0 && isFunction(message))) {
            return false;
        }
        event.kind(Kind.OTHER);
        if (!dialogue && !message.contains("sasl") && !message.contains("SASL")) {
            event.put(Field.TEXT, event.line().message());
        }
        return true;
    }

    private static boolean isDialogue(String message) {
        return message.startsWith("> ") || message.startsWith("< ");
    }

    private static boolean isKnown(String message) {
        int blank = message.indexOf(' ');
        String first = blank < 0 ? message : message.substring(0, blank);
        return FIRST_WORDS.contains(first)
                || LIBRARY_WORDS.contains(first)
                || message.startsWith("enabling VERP for sender ")
                || message.startsWith("recipient limit ")
                || message.startsWith("no trace file ")
                || message.startsWith(">>> ")
                || message.startsWith("--- ")
                || message.startsWith("====")
                || message.startsWith("subject")
                || message.startsWith("issuer")
                || message.startsWith("SSL_")
                || isHexDump(message)
                || message.startsWith(" wanted attribute: ", Math.max(0, blank))
                || message.contains(" socket: wanted attribute: ")
                || message.contains(" cache cleanup will start after ")
                || message.contains(" TLS level: ")
                || message.contains(" lookup: \"")
                || message.contains(": successful query result from host ")
                || message.contains(": discarding EHLO keywords: ")
                || message.startsWith("`")
                || message.contains(" asciified to ");
    }

    /** {@code match_hostname:}, {@code dict_ldap_get_values[2]:}: lower case with a low line, as C functions are. */
    private static boolean isFunction(String message) {
        int end = 0;
        boolean joined = false;
        while (end < message.length() && isNameCharacter(message.charAt(end))) {
            joined = joined || message.charAt(end) == '_';
            end++;
        }
        return joined && (end == message.length() || ":([=/ ".indexOf(message.charAt(end)) >= 0);
    }

    private static boolean isNameCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    }

    /** {@code 0000 16 03 01 …}: what goes over the wire at the highest TLS log level. */
    private static boolean isHexDump(String message) {
        int end = 0;
        while (end < message.length() && Character.digit(message.charAt(end), 16) >= 0) {
            end++;
        }
        return end == 4 && message.startsWith(" ", end);
    }
}
