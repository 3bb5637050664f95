package postwarden.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An argument of the form {@code [HOST=]FILE}.
 *
 * @param host whose log it is; empty to take what its lines say
 */
record NamedLog(String host, String file) {
    /** Stands for a host that neither an argument nor a line names. */
    static final String UNNAMED_HOST = "localhost";

    /** Reads an argument; a file whose own name has an equals sign is taken as it is. */
    static NamedLog of(String argument) {
        int equals = argument.indexOf('=');
        boolean named = equals > 0 && argument.indexOf('/') != 0 && argument.substring(0, equals).indexOf('/') < 0;
        return named && !Files.exists(Path.of(argument))
                ? new NamedLog(argument.substring(0, equals), argument.substring(equals + 1))
                : new NamedLog("", argument);
    }
}
