package postwarden.producer.syslog;

import java.util.List;

/**
 * What a member of a JSON line may be, and the names it has: rsyslog's templates ({@code jsonf}, {@code jsonmesg}), syslog-ng's
 * {@code format-json}, {@code journalctl -o json} (systemd 257), Fluent Bit, Logstash and Filebeat, Docker's json-file. The name that
 * is first in a list counts before those behind it.
 */
enum JsonMember {
    TIME(
            "_SOURCE_REALTIME_TIMESTAMP",
            "__REALTIME_TIMESTAMP",
            "@timestamp",
            "timestamp",
            "time",
            "timereported",
            "eventtime",
            "isodate",
            "timegenerated",
            "date",
            "DATE",
            "@time"),
    HOST(
            "_HOSTNAME",
            "host",
            "hostname",
            "HOST",
            "source_host",
            "syslog_hostname",
            "logsource",
            "fromhost",
            "HOST_FROM"),
    TAG("tag", "syslogtag", "syslog_tag"),
    PROGRAM(
            "SYSLOG_IDENTIFIER",
            "program",
            "programname",
            "PROGRAM",
            "app-name",
            "appname",
            "app_name",
            "ident",
            "syslog_program",
            "_COMM"),
    PID("SYSLOG_PID", "procid", "pid", "PID", "process_id", "syslog_pid", "_PID"),
    MESSAGE("MESSAGE", "message", "msg", "Message", "log"),
    STREAM("stream"),
    PROCESS("process"),
    SHIPPER("agent", "beat");

    @SuppressWarnings("ImmutableEnumChecker") // List.of cannot be changed, which its type does not say
    private final List<String> names;

    JsonMember(String... names) {
        this.names = List.of(names);
    }

    /** Where in the list the name between two indexes stands, or {@link Ascii#NO}. */
    int rank(byte[] line, int at, int end) {
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (end - at == name.length() && Ascii.starts(line, at, end, name)) {
                return i;
            }
        }
        return Ascii.NO;
    }
}
