package postwarden.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import postwarden.alertjson.TerminalSafe;
import postwarden.schema.registry.RegistryRefused;

/** What a person reads when a command cannot be carried out: one line, in words, that no stranger's text can break. */
final class Complaint {
    /** Exit status of a command that was told something wrong, or that the world outside does not let work. */
    static final int STATUS = 2;

    private Complaint() {}

    /** Prints it. */
    static void print(PrintStream err, String command, String what) {
        err.println(command + ": " + TerminalSafe.escaped(what));
    }

    /** The words for what the world outside answers; empty for anything else, which is a bug and shows its stack. */
    static Optional<String> of(Throwable failure) {
        Throwable why = failure;
        while ((why instanceof ExecutionException || why instanceof UncheckedIOException) && why.getCause() != null) {
            why = why.getCause();
        }
        boolean expected = failure instanceof ExecutionException
                || why instanceof IOException
                || why instanceof KafkaException
                || why instanceof RegistryRefused;
        return expected ? Optional.of(words(why)) : Optional.empty();
    }

    private static String words(Throwable why) {
        if (why instanceof FileSystemException file) {
            // Its message is the file alone, or the file and the reason.
            return file.getReason() == null ? "cannot use " + file.getFile() : String.valueOf(file.getMessage());
        }
        return why.getMessage() == null ? "failed, and did not say why" : why.getMessage();
    }
}
