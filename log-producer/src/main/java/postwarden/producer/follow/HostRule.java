package postwarden.producer.follow;

/** Which host a line is said to come from. */
public sealed interface HostRule {
    /** The name that every line gets, or empty when lines differ. */
    String fixed();

    /** The agent's own host, whatever the header says. */
    record Self(String name) implements HostRule {
        @Override
        public String fixed() {
            return name;
        }
    }

    /** The host in each line's header: for a central log server, and for any syslog. */
    record FromHeader() implements HostRule {
        @Override
        public String fixed() {
            return "";
        }
    }

    /** A name that the operator gives, whatever the header says. */
    record Named(String name) implements HostRule {
        public Named {
            if (name.isBlank()) {
                throw new IllegalArgumentException("a host's name is blank");
            }
        }

        @Override
        public String fixed() {
            return name;
        }
    }
}
