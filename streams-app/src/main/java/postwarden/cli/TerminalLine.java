package postwarden.cli;

import java.io.PrintStream;
import java.util.Locale;

/** One line on a terminal that says how far long work is; nothing where standard error is no terminal. */
final class TerminalLine {
    private static final String WIPE = "\r\u001b[K";

    private final PrintStream err;
    /** Said by the script, which can tell; Java cannot tell a terminal on standard error. */
    private final boolean shown = Boolean.getBoolean("postwarden.terminal");

    TerminalLine(PrintStream err) {
        this.err = err;
    }

    /** Shows how much of something is done. */
    void show(String what, long done, long of) {
        if (shown) {
            double percent = of == 0 ? 100 : 100.0 * done / of;
            err.printf(Locale.ROOT, "%s%s %,d of %,d records (%.0f %%)", WIPE, what, done, of, percent);
            err.flush();
        }
    }

    /** Leaves an empty line to write on. */
    void wipe() {
        if (shown) {
            err.print(WIPE);
        }
    }
}
