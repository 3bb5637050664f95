package postwarden.config;

import java.util.List;

/** A configuration that cannot be used, with everything that is wrong with it. */
public final class ConfigRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> errors;

    public ConfigRefused(String file, List<String> errors) {
        super(file + ": " + String.join("; ", errors));
        this.errors = errors.stream().map(ConfigRefused::line).toList();
    }

    /** Each error as one line. */
    public List<String> errors() {
        return errors;
    }

    /** A value may hold line feeds, or what a terminal obeys. */
    private static String line(String error) {
        return error.replaceAll("\\p{Cntrl}+", " ");
    }
}
