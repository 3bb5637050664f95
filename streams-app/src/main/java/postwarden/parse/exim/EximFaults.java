package postwarden.parse.exim;

/** How lines of Exim begin that say what is broken on its host, from the {@code log_write} calls of 4.94 to 4.100. */
final class EximFaults {
    /** Something is broken on this host, or Exim found itself broken. */
    static final EximTexts ERRORS = new EximTexts("""
            Failed to
            failed to
            Failed setting
            Failed writing
            Fork failed for
            fork failed
            fork() failed
            fork of
            2nd fork for
            exec of
            Couldn't
            Could not
            could not
            Cannot
            cannot
            can't
            unable to
            Unable to
            Error reading
            Error/short write
            Error in
            Error loading
            error while
            Format error in spool
            Spool error
            Spool file
            Spool Q=
            spool directory space check failed
            log directory space check failed
            spoolfile error on close
            internal ACL error
            internal error
            internal problem
            internal scanner error
            Internal error
            Exim internal error
            Exim configuration
            More than one path given
            Tainted
            Taint mismatch
            tainted search query
            attempt to
            Attempt to
            Attempted
            bad memory
            bad internal_store
            bad router variable
            bad protocol option
            bad value for
            bad local_part
            bad addresses found in headers
            Bad db record
            Bad expansion
            Bad qname
            buffer underflow
            malloc
            excessive memory
            store_
            string_
            string too
            overlong
            live variable
            getsockname() failed
            getsockopt() failed
            getrlimit(
            setrlimit(
            setsockopt(
            setitimer() failed
            setgroups:
            getgroups:
            setegid(
            seteuid(
            setgid(
            getdeuid()
            getdegid()
            initgroups failed
            priv_
            daemon:
            delivery re-exec
            delivery setrlimit
            re-exec of exim
            IPv4 socket creation failed
            IPv6 socket creation failed
            bind of
            listen() failed
            SIGSEGV
            SEGV_
            backtrace
            ---
            link(
            unlink(
            rmdir(
            chown(
            expansion of
            Expansion of
            Rewrite of
            rewrite rule
            regex acl condition
            mime_regex acl condition
            mime acl condition
            MIME acl condition
            acl_smtp_mime
            malware acl condition
            spam acl condition
            spamassassin
            malformed
            Malformed
            process crashed
            Process failed
            Process finished
            queue run: process
            queue run: unexpected
            queue run: error
            redirection process
            remote delivery process count
            routing loop
            non-existent configuration
            shadow transport
            setup fail for
            callout transport
            dlfunc{
            Berkeley DB error
            DCC:
            Temporary error with DCC
            Unknown DCC response
            Wrong header from DCC
            nmh lookup
            readsock
            socks auth failed
            Unrecognised socks
            unknown named
            unknown log name
            unknown item in dnslist
            smtp-wait database
            smtp_notquit_exit
            invalid return
            invalid message_size_limit
            invalid SMTP port
            invalid value
            local_scan() function
            local part longer
            ACL for
            ACL "
            "discard" verb
            "drop" verb
            configured error code
            null conn-context
            openssl_options
            tls_verify_certificates
            already initialised GnuTLS
            Wrong ownership
            Stat failed
            header snprintf failed
            bmi error
            bmi warning
            uname() failed
            transport filter process failed
            Lookup module
            Duplicate lookup name
            DMARC failure
            dmarc:
            failure to
            signing_init:
            signing:
            dnslist query is too long
            Loop detected
            CNAME loop
            EHLO/HELO response must not
            too many lookups open
            no @ found
            partial matching
            perl_startup
            **** log string overflowed
            user set without group
            Input from inetd
            Daemon cannot be run
            localhost_number
            spool_directory
            log_file_path
            pid_file_path
            both local_from_check
            no port specified
            TCP port
            Unexpected error return
            unexpected data
            SRS
            DKIM: signing failed
            """);

    /** Names of routers, transports or authenticators stand before. */
    static final EximTexts ERRORS_WITHIN = new EximTexts("""
             select() failure
             accept() failure
             transport process vanished unexpectedly
             transport process returned non-zero status
             router generated more than
             router failed to expand
             router returned unknown value
             router: reroute string
             socket: Permission denied
             authenticator: couldn't
             no recipients found in headers
             (maybe attempt to write to immutable memory)
             (memory/cpu corruption?)
            : overlarge consumed count
            : bad substrate
            : bad current layer
            : should not happen
            : failed to expand
             all spamd servers failed
             no useable spamd server
             spamd
            """);

    /** Works, but an administrator may want to look. */
    static final EximTexts WARNINGS = new EximTexts("""
            Warning: purging the environment
            Warning: No server certificate defined
            WARNING: obsolete syntax
            DNS list lookup defer
            DNS list lookup for
            dnslists domain
            dnssec fail on SRV
            host name alias list truncated
            responsible-mailbox truncated
            ident connection to
            Setting IPV6_V6ONLY
            setting SO_REUSEADDR
            Too many recipients
            Required TLS certificate status
            Received TLS cert status
            Received TLS status
            OCSP
            Server certificate
            ALPN unusable
            DANE error
            Long host lookup
            Long A lookup
            Long AAAA lookup
            Long PTR lookup
            Long MX lookup
            Long TXT lookup
            system filter generated
            list matching forced to fail
            dns_again_means_nonexist
            Header modification in data
            "timeout_dns" is no longer
            """);

    private EximFaults() {}
}
