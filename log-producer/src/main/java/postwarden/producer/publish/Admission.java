package postwarden.producer.publish;

import java.util.List;
import java.util.Map;

/** Whether a cluster keeps what it acknowledges; asked before it is given the first line. */
@FunctionalInterface
public interface Admission {
    /** Takes any cluster without a question. */
    Admission ANY = kafka -> new Answer.Admitted(List.of());

    /**
     * Asks the cluster; takes some seconds at most, whatever the brokers do.
     *
     * @param kafka settings of Kafka's clients
     */
    Answer ask(Map<String, Object> kafka);

    /** What came of it. */
    sealed interface Answer {
        /**
         * It may be given lines.
         *
         * @param notes what an operator should know all the same
         */
        record Admitted(List<String> notes) implements Answer {
            public Admitted {
                notes = List.copyOf(notes);
            }
        }

        /**
         * It has not told; to be asked again.
         *
         * @param why what went wrong
         */
        record Unknown(String why) implements Answer {}

        /**
         * It may not be given lines.
         *
         * @param why one sentence for each reason; at least one
         */
        record Refused(List<String> why) implements Answer {
            public Refused {
                why = List.copyOf(why);
            }
        }
    }
}
