package postwarden.detect.sensor;

import java.util.List;
import postwarden.detect.Advice;
import postwarden.detect.reading.Say;

/** What to do about a clock that is off. */
final class SkewAdvice {
    private static final List<String> NEVER = List.of(
            "Do not set a running host's clock back by hand: let chronyd or systemd-timesyncd slew it.",
            "Do not delete or re-read the log: what was counted stays where its stamps put it.");

    private SkewAdvice() {}

    static List<Advice> of(String host, Offset offset) {
        return offset.isZone() ? List.of(zone(host, offset), clock(host)) : List.of(clock(host));
    }

    private static Advice zone(String host, Offset offset) {
        return new Advice(
                "Give the log of " + host + " its zone",
                List.of(
                        "ssh " + Say.shell(host)
                                + " 'timedatectl show -p Timezone --value; date +%z; tail -1 /var/log/mail.log' (a daemon in a chroot"
                                + " without etc/localtime writes UTC)",
                        "The stamps are of a zone " + offset.words() + (offset.ahead() ? " east" : " west")
                                + " of the one that the producer takes them for: in its configuration, at the source of this log, set"
                                + " zone to what the log is written in, such as zone = \"Europe/Paris\"; then"
                                + " systemctl reload postwarden-producer",
                        "Better for good: stamps with an offset. rsyslog: $ActionFileDefaultTemplate RSYSLOG_FileFormat"),
                "postwarden-producer check names the zone that is used, and this incident resolves within ten minutes.",
                "Set the old zone again and reload the producer.",
                NEVER);
    }

    private static Advice clock(String host) {
        return new Advice(
                "Set the clock of " + host,
                List.of(
                        "ssh " + Say.shell(host) + " 'timedatectl; chronyc tracking || timedatectl timesync-status'",
                        "ssh " + Say.shell(host) + " systemctl enable --now chrony (or systemd-timesyncd)",
                        "Where another machine reads its log, ask that one the same."),
                "chronyc tracking shows less than a second of system time offset; this incident resolves.",
                "systemctl disable --now chrony",
                NEVER);
    }
}
