package postwarden.detect;

import java.util.List;

/**
 * One remedy, with real directives and the incident's own values filled in.
 *
 * @param steps commands and directives in order
 * @param verify how to see that it worked
 * @param rollback how to undo it
 * @param never what would make it worse
 */
public record Advice(String title, List<String> steps, String verify, String rollback, List<String> never) {
    public Advice {
        steps = List.copyOf(steps);
        never = List.copyOf(never);
    }
}
