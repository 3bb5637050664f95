package postwarden.parse.filter;

import java.util.List;
import postwarden.event.Daemon;
import postwarden.parse.rule.Rule;
import postwarden.parse.rule.RuleList;

/**
 * One filter: what its lines are called and how they are read.
 *
 * @param programs names in a header, in lower case, without a path
 */
record Filter(Daemon daemon, List<String> programs, RuleList rules) {

    static Filter of(Daemon daemon, List<String> programs, List<Rule> rules) {
        return new Filter(daemon, List.copyOf(programs), new RuleList(rules));
    }
}
