package postwarden.producer.redact;

import java.util.List;
import java.util.stream.Stream;
import postwarden.producer.redact.Secret.Extent;
import postwarden.producer.redact.Secret.Kind;

/** Every way in which a mail host's daemons are known to log a secret; where marks overlap, the first in the table counts. */
final class Secrets {
    /** Dovecot lib-auth/password-scheme.c, password-scheme-crypt.c, password-scheme-otp.c; 2.3.19, 2.4.5. In small letters: any case. */
    private static final List<String> SCHEMES = List.of(
            "argon2",
            "argon2i",
            "argon2id",
            "blf-crypt",
            "clear",
            "cleartext",
            "cram-md5",
            "crypt",
            "des-crypt",
            "digest-md5",
            "hmac-md5",
            "lanman",
            "ldap-md5",
            "md5",
            "md5-crypt",
            "ntlm",
            "otp",
            "pbkdf2",
            "plain",
            "plain-md4",
            "plain-md5",
            "plain-trunc",
            "rpa",
            "scram-sha-1",
            "scram-sha-256",
            "sha",
            "sha1",
            "sha256",
            "sha256-crypt",
            "sha512",
            "sha512-crypt",
            "skey",
            "smd5",
            "ssha",
            "ssha256",
            "ssha512");

    static final List<Secret> ALL = List.of(
            // Dovecot: auth_verbose_passwords
            new Secret(
                    "dovecot given password",
                    "dovecot auth/auth-request.c auth_request_append_password, passdb-pam.c; 2.3.19, 2.4.1, 2.4.5",
                    Kind.GIVEN_PASSWORD,
                    Extents::given,
                    List.of("(given password: ", "(SHA1 of given password: ")),
            // Dovecot: auth_debug_passwords
            hidden(
                    "dovecot client response",
                    "dovecot auth/auth-client-connection.c auth_line_hide_pass; 2.3.19, 2.4.5",
                    Extents::restOfAny,
                    "\tresp=",
                    "#011resp=",
                    "\\tresp="),
            hidden(
                    "dovecot client continuation",
                    "dovecot auth/auth-client-connection.c cont_line_hide_pass, auth_client_send; 2.3.19, 2.4.5",
                    Extents::rest,
                    "client in: CONT",
                    "passdb out: CONT"),
            hidden(
                    "dovecot cached password",
                    "dovecot auth/passdb-cache.c passdb_cache_log_hit; 2.3.19, 2.4.5",
                    Extents::rest,
                    "cache hit: "),
            hidden(
                    "dovecot credentials",
                    "dovecot auth/auth-request.c auth_request_lookup_credentials_finish; 2.3.19, 2.4.5",
                    Extents::rest,
                    "Credentials: "),
            new Secret(
                    "dovecot compared password",
                    "dovecot auth/auth-request.c log_password_failure; 2.3.19, 2.4.5",
                    Kind.HIDDEN,
                    Extents::compared,
                    SCHEMES.stream().map(name -> ": " + name + "(").toList()),
            hidden(
                    "dovecot unwanted scheme",
                    "dovecot auth/passdb.c passdb_get_credentials; 2.3.19, 2.4.5",
                    Extents::input,
                    "but we have only "),
            // SMTP and HTTP commands
            hidden(
                    "smtp initial response",
                    "RFC 4954 section 4; exim smtp_in.c synprot_error, postfix smtpd_chat.c, sendmail srvrsmtp.c, opensmtpd smtp_session.c",
                    Extents::response,
                    "auth plain ",
                    "auth login ",
                    "auth xoauth2 ",
                    "auth oauthbearer ",
                    "auth ntlm ",
                    "auth cram-md5 ",
                    "auth digest-md5 ",
                    "auth gssapi ",
                    "auth external ",
                    "auth scram-sha-1 ",
                    "auth scram-sha-256 "),
            hidden(
                    "smtp pipelined response",
                    "postfix smtpd/smtpd.c improper command pipelining; 3.7, 3.10",
                    Extents::restOfAny,
                    "auth plain\\",
                    "auth login\\"),
            hidden(
                    "smtp response after AUTH",
                    "postfix smtpd/smtpd.c improper command pipelining; 3.7, 3.10",
                    Extents::restBehindClient,
                    "pipelining after AUTH from "),
            hidden(
                    "smtp bare response in quotes",
                    "exim smtp_in.c synprot_error, smtp_setup_msg unrecognized command; 4.94 to 4.100",
                    Extents::bareInQuotes,
                    "error in \"",
                    "last was \"",
                    "command was \""),
            hidden(
                    "smtp bare response of a client",
                    "postfix smtpd/smtpd.c non-SMTP command, global/smtp_stream.c and smtpd_chat.c with -v; 3.7, 3.10",
                    Extents::bareBehindClient,
                    "non-SMTP command from ",
                    "]: < ",
                    "]: > "),
            hidden(
                    "smtp bare response in a trace",
                    "sendmail srvrsmtp.c LogLevel 15 (8.18), opensmtpd smtp_session.c log_trace (7.9)",
                    Extents::bare,
                    "<-- ",
                    "<<< ",
                    ">>> "),
            hidden(
                    "http credentials",
                    "RFC 9110 section 11.6.2, RFC 6265 section 4.2; browsers that are pointed at a mail port",
                    Extents::command,
                    "authorization: ",
                    "cookie: "),
            // Postfix: SASL debugging
            hidden(
                    "postfix sasl response",
                    "postfix xsasl/xsasl_cyrus_server.c, xsasl_cyrus_client.c, xsasl_dovecot_server.c; 3.7, 3.10",
                    Extents::restOfAny,
                    "xsasl_cyrus_client_get_passwd: ",
                    "decoded initial response ",
                    ": decoded response: ",
                    "uncoded initial reply: ",
                    "uncoded client response ",
                    ", init_response "),
            hidden(
                    "postfix password table",
                    "postfix global/maps.c maps_find with -v; the tables that SASL_README names; 3.7, 3.10",
                    Extents::looked,
                    "sasl_password_maps",
                    "sasl_passwd"),
            // FTP and POP3
            hidden(
                    "ftp password command",
                    "RFC 959 section 4.1.1, RFC 1939 section 7; logs of commands such as proftpd's %r",
                    Extents::command,
                    "\"pass ",
                    ": PASS ",
                    "- PASS ",
                    "> PASS ",
                    "< PASS "),
            // Keys and values of any program
            hidden(
                    "courier changed password",
                    "courier-authlib authuserdbpwd.c, debug.c; 0.73",
                    Extents::restOfAny,
                    "old password=",
                    "clearpasswd=",
                    "setpass sql: "),
            hidden(
                    "password value",
                    "dovecot auth/auth-master-connection.c and db-ldap.c; SQL, LDAP and HTTP queries of any daemon",
                    Extents::value,
                    "password=",
                    "passwd=",
                    "passphrase=",
                    "userpassword: "),
            hidden(
                    "pass value",
                    "dovecot lib-auth/auth-master.c (pass=, userdb_pass=), exim lookups/ldap.c (pass=)",
                    Extents::valueOfWord,
                    "pass="),
            hidden(
                    "quoted password",
                    "courier-authlib checkpassword.c, vsftpd logging.c, dovecot auth-request.c and passdb.c, postfix smtp_sasl_glue.c",
                    Extents::quoted,
                    "password '",
                    "password \"",
                    "password = '",
                    "password\": \"",
                    "password\":\"",
                    "clearpasswd '",
                    " pass `"),
            // Hashes and addresses wherever they stand
            hidden(
                    "crypt hash",
                    "crypt(5) of libxcrypt 4.4; RFC 9106 and the PHC string format for argon2",
                    Extents::crypt,
                    "$1$",
                    "$2$",
                    "$2a$",
                    "$2b$",
                    "$2x$",
                    "$2y$",
                    "$5$",
                    "$6$",
                    "$7$",
                    "$y$",
                    "$gy$",
                    "$md5",
                    "$sha1$",
                    "$apr1$",
                    "$argon2",
                    "$pbkdf2",
                    "$scrypt$",
                    "$P$",
                    "$H$"),
            new Secret(
                    "scheme hash",
                    "dovecot lib-auth/password-scheme.c; RFC 2307 section 5.3",
                    Kind.HIDDEN,
                    Extents::scheme,
                    // A dot and the encoding may follow the name: {SSHA.b64}
                    SCHEMES.stream()
                            .flatMap(name -> Stream.of("{" + name + "}", "{" + name + "."))
                            .toList()),
            hidden("url credentials", "RFC 3986 section 3.2.1", Extents::url, "://"),
            new Secret(
                    "journald bytes",
                    "systemd journal-fields JSON format: fields that are no UTF-8 are arrays of numbers",
                    Kind.NUMBERS,
                    Extents::numbers,
                    List.of("MESSAGE\":[", "MESSAGE\" : [", "message\":[")));

    /** The table as it is searched. */
    static final Marks MARKS = new Marks(ALL);

    private Secrets() {}

    private static Secret hidden(String name, String source, Extent extent, String... marks) {
        return new Secret(name, source, Kind.HIDDEN, extent, List.of(marks));
    }
}
