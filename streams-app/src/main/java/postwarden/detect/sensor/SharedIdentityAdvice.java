package postwarden.detect.sensor;

import java.util.List;
import postwarden.detect.Advice;
import postwarden.detect.reading.Say;

/** What to do about two machines with one name. */
final class SharedIdentityAdvice {
    private static final List<String> NEVER = List.of(
            "Do not delete the state folder of the machine that keeps the name: it would send everything again.",
            "Do not take the numbers of those minutes for one machine's.");

    private SharedIdentityAdvice() {}

    static List<Advice> of(String host) {
        return List.of(
                new Advice(
                        "Find the second machine",
                        List.of(
                                "ssh " + Say.shell(host)
                                        + " 'pgrep -af postwarden-producer' (two producers with folders of their own on one machine:"
                                        + " stop one, and that is all)",
                                "On each broker: ss -tn state established '( sport = :9093 )' (which addresses are connected that"
                                        + " should be one)",
                                "ssh " + Say.shell(host)
                                        + " 'cat /etc/machine-id; uptime -s; journalctl -u postwarden-producer | grep another'"
                                        + " on each that answers; the platform's list of machines and of restored snapshots"),
                        "Two machines are known, or the snapshot that was restored.",
                        "Nothing is changed.",
                        NEVER),
                new Advice(
                        "Give the copy a name of its own",
                        List.of(
                                "On the copy: systemctl stop postwarden-producer; hostnamectl set-hostname NEW;"
                                        + " rm /etc/machine-id && systemd-machine-id-setup",
                                "On the copy: rm -r /var/lib/postwarden-producer/* ; set reporter and, where it is named, host in"
                                        + " /etc/postwarden/producer.conf; a certificate of its own; systemctl start postwarden-producer",
                                "In the image that machines are made of: the same, so that the next copy is none"),
                        "Lines of the copy come under its own name, and this incident resolves.",
                        "None: the copy's lines of before keep the name under which they came.",
                        NEVER));
    }
}
