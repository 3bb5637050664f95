package postwarden.benchmarks.ship;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Something that follows a file and sends its lines to a topic, one record a line, acknowledged by all brokers, packed with lz4. */
enum Shipper {
    POSTWARDEN("postwarden-producer") {
        @Override
        List<String> command(String program, Path config, Path folder) {
            return List.of(program, "run", "--config", config.toString());
        }

        @Override
        String config(Task task) {
            return """
                    sources = [{ path = "%s", host = mx1, zone = UTC }]
                    publish.topic = %s
                    dev = true
                    checkpoint.directory = "%s/state"
                    kafka { bootstrap.servers = "%s", schema.registry.url = "%s", auto.register.schemas = true }
                    """.formatted(task.file(), task.topic(), task.folder(), task.brokers(), task.registry());
        }
    },

    /** Delivery reports are looked at, and what failed is sent again: its defaults would lose it. */
    RSYSLOG("rsyslog") {
        @Override
        List<String> command(String program, Path config, Path folder) {
            return List.of(
                    program,
                    "-n",
                    "-f",
                    config.toString(),
                    "-i",
                    folder.resolve("pid").toString());
        }

        @Override
        String config(Task task) {
            return """
                    global(workDirectory="%s")
                    module(load="imfile" mode="inotify")
                    module(load="omkafka")
                    template(name="line" type="string" string="%%msg%%")
                    input(type="imfile" File="%s" Tag="mail" ruleset="ship" reopenOnTruncate="on" persistStateInterval="10000")
                    ruleset(name="ship" queue.type="LinkedList" queue.size="100000" queue.dequeueBatchSize="4096") {
                      action(type="omkafka" broker=["%s"] topic="%s" template="line"
                        resubmitOnFailure="on" keepFailedMessages="on" failedMsgFile="%s/failed"
                        confParam=["acks=-1", "compression.codec=lz4", "enable.idempotence=true",
                          "queue.buffering.max.messages=100000"])
                    }
                    """.formatted(task.folder(), task.file(), task.brokers(), task.topic(), task.folder());
        }
    },

    SYSLOG_NG("syslog-ng") {
        @Override
        List<String> command(String program, Path config, Path folder) {
            return List.of(
                    program,
                    "-F",
                    "-f",
                    config.toString(),
                    "-R",
                    folder.resolve("persist").toString(),
                    "-c",
                    folder.resolve("control").toString(),
                    "-p",
                    folder.resolve("pid").toString());
        }

        @Override
        String config(Task task) {
            return """
                    @version: 3.38
                    source s_log { file("%s" flags(no-parse) follow-freq(0.1) log-fetch-limit(1000) log-iw-size(10000)); };
                    destination d_kafka {
                      kafka-c(bootstrap-servers("%s") topic("%s") message("$MSG") batch-lines(1000)
                        config("acks" => "all", "compression.codec" => "lz4"));
                    };
                    log { source(s_log); destination(d_kafka); flags(flow-control); };
                    """.formatted(task.file(), task.brokers(), task.topic());
        }
    };

    private final String title;

    Shipper(String title) {
        this.title = title;
    }

    /** What it has to do, and a folder of its own. */
    record Task(Path folder, Path file, String topic, String brokers, String registry) {}

    String title() {
        return title;
    }

    /** What is executed, in the foreground. */
    abstract List<String> command(String program, Path config, Path folder);

    abstract String config(Task task);

    /** Starts it; what it says goes to a file in its folder. */
    Process start(String program, Task task) throws IOException {
        Files.createDirectories(task.folder());
        Path config = Files.writeString(task.folder().resolve("config"), config(task));
        ProcessBuilder builder = new ProcessBuilder(command(program, config, task.folder()))
                .redirectErrorStream(true)
                .redirectOutput(task.folder().resolve("said").toFile());
        Map<String, String> environment = builder.environment();
        environment.putIfAbsent("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        // Ctrl-C must not leave it running.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }
}
