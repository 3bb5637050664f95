package postwarden.producer.sample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import postwarden.producer.publish.Sample;

/** The table of sockets summed up: by port of ours, by peer who came to us, by remote host that we went to. For one thread. */
final class SessionTally {
    /** Where mail is delivered and submitted to: sessions to these ports of others are our own deliveries. */
    private static final Set<Integer> REMOTE_PORTS = Set.of(25, 465, 587);

    /** Longer than any exchange of commands takes (detectors' slot-hoarding). */
    private static final long LONG_NANOS = 120_000_000_000L;

    private static final List<Column> BY_PORT = List.of(
            Column.sum("sessions"),
            Column.sum("over120SecondsSessions"),
            Column.sum("halfOpenSessions"),
            Column.sum("closeWaitSessions"),
            Column.sum("waitingToBeAccepted"));

    private static final List<Column> BY_REMOTE = List.of(Column.sum("sessions"), Column.sum("over120SecondsSessions"));

    private final List<Integer> ports;
    private final FirstSeen before;
    private final long nanos;
    private final Map<Long, Long> seen = new HashMap<>();
    private final Table byPort;
    private final Table byPeer;
    private final Table byRemote;
    private final long[] portRow = new long[BY_PORT.size()];
    private final long[] remoteRow = new long[BY_REMOTE.size()];
    private final long[] peerRow;
    private long sessions;
    private long remoteSessions;

    /**
     * @param ports ours that are watched
     * @param top rows shown of each breakdown
     * @param before what was seen at the look before
     * @param nanos when this look began
     */
    SessionTally(Set<Integer> ports, int top, FirstSeen before, long nanos) {
        this.ports = List.copyOf(new TreeSet<>(ports));
        this.before = before;
        this.nanos = nanos;
        List<Column> byPeerAndPort = new ArrayList<>(BY_REMOTE);
        this.ports.forEach(port -> byPeerAndPort.add(Column.sum("port" + port + "Sessions")));
        this.byPort = new Table(BY_PORT, this.ports.size());
        this.byPeer = new Table(byPeerAndPort, top);
        this.byRemote = new Table(BY_REMOTE, top);
        this.peerRow = new long[byPeerAndPort.size()];
    }

    void add(SocketRow socket) {
        int ours = ports.indexOf(socket.localPort());
        if (ours >= 0) {
            toUs(socket, ours);
        } else if (socket.state() == SocketRow.ESTABLISHED && REMOTE_PORTS.contains(socket.remotePort())) {
            remoteSessions++;
            remoteRow[0] = 1;
            remoteRow[1] = isLong(socket) ? 1 : 0;
            byRemote.add(socket.peer(), remoteRow);
        }
    }

    private void toUs(SocketRow socket, int place) {
        boolean established = socket.state() == SocketRow.ESTABLISHED;
        boolean lasting = established && isLong(socket);
        portRow[0] = established ? 1 : 0;
        portRow[1] = lasting ? 1 : 0;
        portRow[2] = socket.state() == SocketRow.SYN_RECEIVED ? 1 : 0;
        portRow[3] = socket.state() == SocketRow.CLOSE_WAIT ? 1 : 0;
        portRow[4] = socket.state() == SocketRow.LISTENING ? socket.waiting() : 0;
        byPort.add(Integer.toString(socket.localPort()), portRow);
        if (established) {
            sessions++;
            Arrays.fill(peerRow, 0);
            peerRow[0] = 1;
            peerRow[1] = lasting ? 1 : 0;
            peerRow[BY_REMOTE.size() + place] = 1;
            byPeer.add(socket.peer(), peerRow);
        }
    }

    private boolean isLong(SocketRow socket) {
        long first = before.nanos().getOrDefault(socket.inode(), nanos);
        if (socket.inode() != 0 && seen.size() < FirstSeen.MOST) {
            seen.put(socket.inode(), first);
        }
        return nanos - first >= LONG_NANOS;
    }

    /** For the next look. */
    FirstSeen seen() {
        return new FirstSeen(seen);
    }

    /** What it comes to; nothing may be added any more. */
    Reading reading() {
        Map<String, Double> values = Map.of(
                "sessions", (double) sessions,
                "peers", (double) byPeer.names(),
                "remoteSessions", (double) remoteSessions,
                "remotes", (double) byRemote.names());
        Map<String, Sample.Group> groups =
                Map.of("port", byPort.group(), "peer", byPeer.group(), "remote", byRemote.group());
        return new Reading("", "", 0, values, groups);
    }
}
