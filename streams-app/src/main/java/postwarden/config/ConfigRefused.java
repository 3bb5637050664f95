package postwarden.config;

import java.util.List;

/** A configuration that cannot be used, with everything that is wrong with it. */
public final class ConfigRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> errors;

    public ConfigRefused(String file, List<String> errors) {
        super(file + ": " + String.join("; ", errors));
        this.errors = List.copyOf(errors);
    }

    /** Each error as one line. */
    public List<String> errors() {
        return errors;
    }
}
