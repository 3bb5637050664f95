package postwarden.benchmarks.fleet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.management.JMException;
import javax.management.ObjectName;
import postwarden.local.broker.LocalBroker;
import postwarden.local.registry.LocalRegistry;

/**
 * A broker and a schema registry as a process: {@code BrokerProcess FOLDER}. Says where they are, then answers each line of its
 * input with the bytes that all topics took so far, and ends with its input.
 */
public final class BrokerProcess {
    /** Begins what is an answer, since logs may stand between. */
    static final String ANSWER = "answer ";

    /** The broker's data, in the folder. */
    static final String DATA = "broker";

    private static final String BYTES_IN = "kafka.server:type=BrokerTopicMetrics,name=BytesInPerSec";

    private BrokerProcess() {}

    /**
     * Runs until its input ends.
     *
     * @throws JMException when the broker does not count bytes
     */
    public static void main(String[] arguments) throws IOException, JMException {
        Path folder = Path.of(arguments[0]);
        try (LocalBroker broker = LocalBroker.start(folder.resolve(DATA));
                LocalRegistry registry = LocalRegistry.start(folder.resolve("registry"))) {
            System.out.println(ANSWER + broker.bootstrapServers() + " " + registry.url());
            BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            while (questions.readLine() != null) {
                System.out.println(ANSWER + bytesIn());
            }
        }
    }

    /** As the broker's own metric has it: batches as they are stored, so packed, with offsets and transaction markers. */
    private static Object bytesIn() throws JMException {
        return ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName(BYTES_IN), "Count");
    }
}
