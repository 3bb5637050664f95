package postwarden.detect.handshakechurn;

import java.util.List;
import postwarden.detect.Advice;
import postwarden.detect.reading.Say;
import postwarden.tally.Mark;
import postwarden.tally.Tally;

/** What to look at on our own side before anybody is blamed. */
final class ChurnAdvice {
    private ChurnAdvice() {}

    static Advice of(String host, Tally window) {
        String name = Say.shell(host);
        String daemon = window.has(Mark.EXIM)
                ? "Exim: exim -bP tls_certificate tls_privatekey; exigrep 'TLS error on connection from' /var/log/exim_mainlog | tail"
                        + " (Debian: /var/log/exim4/mainlog)"
                : "Postfix: postconf smtpd_tls_chain_files smtpd_tls_cert_file smtpd_tls_mandatory_protocols smtpd_tls_protocols;"
                        + " grep -e SSL_accept -e 'lost connection after STARTTLS' /var/log/mail.log | tail";
        return new Advice(
                "Look at the name and the certificate of " + host + " first",
                List.of(
                        "What changed when it began? journalctl --since; the last deploy, certificate renewal, DNS change.",
                        "Certificate: openssl s_client -connect " + name
                                + ":25 -starttls smtp -brief </dev/null; look at its dates and names.",
                        "Name: dig -x ADDRESS +short for each address that sends and receives, and dig +short of that name: both"
                                + " must lead to each other.",
                        daemon),
                "Barren sessions fall back to the usual, and the known senders' mail arrives.",
                "Put the last certificate, name or setting back.",
                List.of(
                        "Do not change connection limits: nothing is short.",
                        "Do not block the clients: most of them are senders of ours that cannot get through.",
                        "Do not turn TLS off."));
    }
}
