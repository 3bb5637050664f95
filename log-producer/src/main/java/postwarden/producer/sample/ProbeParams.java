package postwarden.producer.sample;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What is measured, and how. One variant a probe. */
public sealed interface ProbeParams {
    /** Ports of SMTP, submission, IMAP, POP3 and FTP, with and without TLS of their own. */
    Set<Integer> MAIL_PORTS = Set.of(25, 465, 587, 143, 993, 110, 995, 21);

    /** Its name in the configuration. */
    String name();

    /**
     * The probes that this makes: one, but of a mail system one an instance.
     *
     * @param proc where procfs is mounted
     * @param top rows shown of each breakdown
     * @param clock the host's
     */
    List<Paced> probes(Path proc, int top, Clock clock);

    /** @param period pause between two readings, 1 s to 1 h; default 10 s: a pane of the service */
    record Load(Duration period) implements ProbeParams {
        public Load {
            Bounds.period("load", period);
        }

        @Override
        public String name() {
            return "load";
        }

        @Override
        public List<Paced> probes(Path proc, int top, Clock clock) {
            return List.of(new Paced(name(), "", new LoadProbe(proc), period, false));
        }
    }

    /** @param period pause between two readings, 1 s to 1 h; default 10 s */
    record Memory(Duration period) implements ProbeParams {
        public Memory {
            Bounds.period("memory", period);
        }

        @Override
        public String name() {
            return "memory";
        }

        @Override
        public List<Paced> probes(Path proc, int top, Clock clock) {
            return List.of(new Paced(name(), "", new MemoryProbe(proc), period, false));
        }
    }

    /** @param period pause between two readings, 1 s to 1 h; default 10 s */
    record Pressure(Duration period) implements ProbeParams {
        public Pressure {
            Bounds.period("pressure", period);
        }

        @Override
        public String name() {
            return "pressure";
        }

        @Override
        public List<Paced> probes(Path proc, int top, Clock clock) {
            return List.of(new Paced(name(), "", new PressureProbe(proc), period, false));
        }
    }

    /** @param period pause between two readings, 1 s to 1 h; default 10 s */
    record Listen(Duration period) implements ProbeParams {
        public Listen {
            Bounds.period("listen", period);
        }

        @Override
        public String name() {
            return "listen";
        }

        @Override
        public List<Paced> probes(Path proc, int top, Clock clock) {
            return List.of(new Paced(name(), "", new ListenProbe(proc), period, false));
        }
    }

    /**
     * The spool's disk.
     *
     * @param period pause between two readings, 1 s to 1 h; default 10 s
     * @param path a folder of the spool; absolute
     */
    record Disk(Duration period, Path path) implements ProbeParams {
        public Disk {
            Bounds.period("disk", period);
            Bounds.require(path.isAbsolute(), "disk.path is " + path + ", not an absolute path");
        }

        @Override
        public String name() {
            return "disk";
        }

        @Override
        public List<Paced> probes(Path proc, int top, Clock clock) {
            return List.of(new Paced(name(), "", new DiskProbe(proc, path), period, false));
        }
    }

    /**
     * TCP sessions.
     *
     * @param period pause between two readings, 1 s to 1 h; default 30 s: slots are hoarded for minutes, and a long table costs some
     *     microseconds a row
     * @param limit how long the table may be read, 100 ms to 1 minute; default 5 s
     * @param ports ours that are watched, 1 to 16 of them; default {@link #MAIL_PORTS}
     */
    record Sessions(Duration period, Duration limit, Set<Integer> ports) implements ProbeParams {
        private static final int MOST_PORTS = 16;
        private static final int LAST_PORT = 65_535;

        public Sessions {
            Bounds.period("sessions", period);
            Bounds.limit("sessions", limit);
            ports = Set.copyOf(ports);
            Bounds.require(
                    !ports.isEmpty() && ports.size() <= MOST_PORTS,
                    "sessions.ports are " + ports.size() + ", not 1 to 16");
            ports.forEach(port ->
                    Bounds.require(port > 0 && port <= LAST_PORT, "sessions.ports has " + port + ", which is no port"));
        }

        @Override
        public String name() {
            return "sessions";
        }

        @Override
        public List<Paced> probes(Path proc, int top, Clock clock) {
            return List.of(new Paced(name(), "", new SessionsProbe(proc, limit, ports, top), period, true));
        }
    }

    /**
     * DNS.
     *
     * @param period pause between two readings, 1 s to 1 h; default 30 s
     * @param limit for one answer, 100 ms to 1 minute; default 5 s: what resolv.conf(5) gives a server
     * @param names domains whose MX records are asked for, 1 to 10
     * @param servers IP addresses, at most 3; none: those in resolv.conf
     * @param resolvConf where those stand
     */
    record Resolving(Duration period, Duration limit, List<String> names, List<String> servers, Path resolvConf)
            implements ProbeParams {
        private static final int DNS = 53;
        private static final int MOST_NAMES = 10;
        private static final int MOST_SERVERS = 3;

        public Resolving {
            Bounds.period("resolver", period);
            Bounds.limit("resolver", limit);
            names = List.copyOf(names);
            servers = List.copyOf(servers);
            Bounds.require(
                    !names.isEmpty() && names.size() <= MOST_NAMES,
                    "resolver.names are " + names.size() + ", not 1 to 10: which domains are looked up?");
            names.forEach(name -> Bounds.require(
                    Bounds.isDomain(name), "resolver.names has " + name + ", which is no domain in lower case"));
            Bounds.require(servers.size() <= MOST_SERVERS, "resolver.servers are " + servers.size() + ", not 0 to 3");
            servers.forEach(server -> Bounds.require(
                    Bounds.isAddress(server), "resolver.servers has " + server + ", which is no IP address"));
        }

        @Override
        public String name() {
            return "resolver";
        }

        @Override
        public List<Paced> probes(Path proc, int top, Clock clock) {
            return List.of(
                    new Paced(name(), "", new ResolverProbe(resolvConf, servers, DNS, names, limit), period, false));
        }
    }

    /**
     * The queue of Postfix, by {@code postqueue -j}.
     *
     * @param period pause between two readings, 1 s to 1 h; default 60 s
     * @param limit how long it may list, 100 ms to 1 minute; default 20 s
     * @param program path of postqueue; absolute
     * @param instances configuration folders of the instances (postmulti(1)), absolute, at most 16; none: the default instance
     */
    record Postfix(Duration period, Duration limit, Path program, List<Path> instances) implements ProbeParams {
        private static final int MOST_INSTANCES = 16;

        public Postfix {
            Bounds.period("postfix", period);
            Bounds.limit("postfix", limit);
            instances = List.copyOf(instances);
            Bounds.require(program.isAbsolute(), "postfix.program is " + program + ", not an absolute path");
            Bounds.require(
                    instances.size() <= MOST_INSTANCES, "postfix.instances are " + instances.size() + ", not 0 to 16");
            instances.forEach(folder ->
                    Bounds.require(folder.isAbsolute(), "postfix.instances has " + folder + ", not an absolute path"));
        }

        @Override
        public String name() {
            return "postfix";
        }

        @Override
        public List<Paced> probes(Path proc, int top, Clock clock) {
            if (instances.isEmpty()) {
                return List.of(paced("postfix", List.of(program.toString(), "-j"), top, clock));
            }
            List<Paced> all = new ArrayList<>();
            for (Path folder : instances) {
                all.add(paced(
                        "postfix " + folder, List.of(program.toString(), "-c", folder.toString(), "-j"), top, clock));
            }
            return all;
        }

        private Paced paced(String about, List<String> command, int top, Clock clock) {
            Probe probe = new QueueProbe(about, command, limit, top, new PostfixListing(), clock);
            return new Paced(name(), about, probe, period, true);
        }
    }

    /**
     * The queue of Exim, by {@code exim -bpru}.
     *
     * @param period pause between two readings, 1 s to 1 h; default 60 s
     * @param limit how long it may list, 100 ms to 1 minute; default 20 s
     * @param program path of exim; absolute
     */
    record Exim(Duration period, Duration limit, Path program) implements ProbeParams {
        public Exim {
            Bounds.period("exim", period);
            Bounds.limit("exim", limit);
            Bounds.require(program.isAbsolute(), "exim.program is " + program + ", not an absolute path");
        }

        @Override
        public String name() {
            return "exim";
        }

        @Override
        public List<Paced> probes(Path proc, int top, Clock clock) {
            List<String> command = List.of(program.toString(), "-bpru");
            Probe probe = new QueueProbe("exim", command, limit, top, new EximListing(), clock);
            return List.of(new Paced(name(), name(), probe, period, true));
        }
    }
}
