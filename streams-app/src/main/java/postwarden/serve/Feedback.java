package postwarden.serve;

import postwarden.policy.Decision;

/** Where operators' decisions go: to the policy topic, for every instance to know. */
public interface Feedback {
    /**
     * Writes a decision, in the place of one with the same id; returns when the brokers have it.
     *
     * @throws Unwritten when they do not take it
     */
    void write(Decision decision) throws Unwritten, InterruptedException;

    /** The brokers do not take a decision. */
    final class Unwritten extends Exception {
        private static final long serialVersionUID = 1;

        public Unwritten(Throwable cause) {
            super(cause);
        }
    }
}
