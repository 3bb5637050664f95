package postwarden.producer.config;

import java.util.List;

/** Everything that is wrong with a configuration, at once. */
public final class ConfigProblems extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** One sentence a problem. */
    ConfigProblems(List<String> problems) {
        super(String.join("\n", problems));
    }
}
