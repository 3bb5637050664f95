package postwarden.stream.query;

import java.util.List;
import java.util.function.Predicate;
import postwarden.policy.NamePattern;

/** Of which hosts an answer may tell. */
final class HostScope {
    private HostScope() {}

    /** Whether a host is meant by one of the patterns, or there is none; the empty name stands for all hosts together. */
    static Predicate<String> of(List<String> patterns) {
        List<NamePattern> hosts = patterns.stream().map(NamePattern::new).toList();
        return host -> hosts.isEmpty() || hosts.stream().anyMatch(pattern -> pattern.matches(host));
    }
}
