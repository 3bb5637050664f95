package postwarden.notify;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import postwarden.detect.Subject;
import postwarden.incident.Alert;
import postwarden.soc.PlainText;

/** The texts that receivers show, in bounded size. */
final class Words {
    private static final int LINE = 500;
    private static final int MOST_LINES = 3;

    private Words() {}

    /** Whom it is about, such as {@code server mx1, client 192.0.2.7}. */
    static String about(Subject subject) {
        StringJoiner about = new StringJoiner(", ").setEmptyValue("the whole fleet");
        add(about, "server", subject.server());
        add(about, "client", subject.client());
        add(about, "account", subject.account());
        add(about, "sender", subject.sender());
        add(about, "destination", subject.destination());
        add(about, "recipient", subject.recipient());
        add(about, "script", subject.script());
        return about.toString();
    }

    /** Severity and state, such as {@code HIGH OPEN} or {@code HIGH RESOLVED (subsided)}. */
    static String mark(Alert alert) {
        return alert.severity() + " " + alert.state() + (alert.isOver() ? " (" + alert.resolution() + ")" : "");
    }

    /** The first lines that show it, each with where it stands. */
    static List<String> lines(Alert alert) {
        List<String> lines = new ArrayList<>();
        alert.evidence().stream()
                .limit(MOST_LINES)
                .forEach(line -> lines.add(PlainText.bounded(
                        PlainText.oneLine(line.host() + ":" + line.file() + ":" + line.offset() + "  " + line.text()),
                        LINE)));
        return lines;
    }

    /** What operators have said, a sentence each; empty when nothing. */
    static List<String> feedback(Alert alert) {
        return alert.feedback().byAspect().values().stream()
                .map(remark -> PlainText.bounded(PlainText.oneLine(remark.sentence()), LINE))
                .toList();
    }

    private static void add(StringJoiner about, String kind, String name) {
        if (!name.isEmpty()) {
            about.add(kind + " " + PlainText.oneLine(name));
        }
    }
}
