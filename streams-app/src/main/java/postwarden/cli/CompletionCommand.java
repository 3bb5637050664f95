package postwarden.cli;

import java.io.PrintStream;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import postwarden.soc.Product;

/** {@code postwarden completion}: what a shell needs to complete this program's commands and options. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Prints a script that makes a shell complete commands, options and their values.",
        footer = {
            "",
            "Examples:",
            "  source <(postwarden completion bash)           in ~/.bashrc",
            "  source <(postwarden completion zsh)            in ~/.zshrc"
        })
final class CompletionCommand implements Callable<Integer> {
    private final PrintStream out;

    @Spec
    private @Nullable CommandSpec spec;

    /** The script turns on zsh's own emulation of bash's completion when zsh reads it, so there is one for both. */
    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
    private Shell shell = Shell.BASH;

    /** A shell that is known. */
    enum Shell {
        BASH,
        ZSH
    }

    CompletionCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        CommandSpec root = Objects.requireNonNull(spec).root();
        out.println("# " + shell + " completion of postwarden " + Product.VERSION);
        out.println(AutoComplete.bash(root.name(), root.commandLine()));
        return 0;
    }
}
