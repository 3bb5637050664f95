package postwarden.producer.publish;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands before Kafka until the cluster has said that it may be given lines. Passed by one thread; its refusal is for any. */
final class Gate {
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

    private final Admission admission;
    private boolean open;
    private volatile List<String> refusal = List.of();

    Gate(Admission admission) {
        this.admission = admission;
    }

    /** Whether lines may pass. */
    boolean isOpen() {
        return open;
    }

    /**
     * Asks the cluster, unless it has told; whether lines may pass.
     *
     * @param kafka settings of Kafka's clients
     * @param unknown receives why it could not be asked
     */
    boolean opens(Map<String, Object> kafka, Consumer<String> unknown) {
        if (!open && refusal.isEmpty()) {
            ask(kafka, unknown);
        }
        return open;
    }

    /** Asks another cluster; why it may not be used, empty when it may or does not tell. Safe from any thread. */
    List<String> objections(Map<String, Object> kafka) {
        return admission.ask(kafka) instanceof Admission.Answer.Refused refused ? refused.why() : List.of();
    }

    /** Another cluster stands behind it now, perhaps. */
    void shut() {
        open = false;
    }

    /** Why the cluster is not used; empty while it is, or is not known. */
    List<String> refusal() {
        return refusal;
    }

    private void ask(Map<String, Object> kafka, Consumer<String> unknown) {
        Admission.Answer answer = admission.ask(kafka);
        if (answer instanceof Admission.Answer.Admitted admitted) {
            open = true;
            admitted.notes()
                    .forEach(note -> LOG.atWarn().addKeyValue("note", note).log("the cluster is used as it is"));
        } else if (answer instanceof Admission.Answer.Refused refused) {
            refusal = refused.why();
        } else if (answer instanceof Admission.Answer.Unknown not) {
            unknown.accept(not.why());
        }
    }
}
