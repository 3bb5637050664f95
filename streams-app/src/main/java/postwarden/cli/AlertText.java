package postwarden.cli;

import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import postwarden.alertjson.TerminalSafe;
import postwarden.detect.Advice;
import postwarden.detect.Cause;
import postwarden.detect.Severity;
import postwarden.detect.Subject;
import postwarden.detect.Usual;
import postwarden.incident.Alert;
import postwarden.incident.Figures;

/**
 * An alert as a block of text for a person at 3 a.m.: how bad, what, since when and why, the lines that show it, what to do and
 * what never to do. Prose is wrapped; commands and log lines are not, so that they can be copied. What comes from a log is
 * escaped, so that no stranger writes on the reader's terminal.
 *
 * @param width columns to wrap prose at, 40 to 1,000
 * @param colour whether to colour the first line (ECMA-48)
 */
public record AlertText(int width, boolean colour) {
    /** Narrow enough to be read in half a screen. */
    public static final int DEFAULT_WIDTH = 100;

    private static final int LEAST_WIDTH = 40;
    private static final int MOST_WIDTH = 1000;
    private static final String INDENT = "  ";
    private static final String DEEPER = "    ";
    private static final String RESET = "\u001b[0m";

    public AlertText {
        if (width < LEAST_WIDTH || width > MOST_WIDTH) {
            throw new IllegalArgumentException(
                    "width is " + width + ", not between " + LEAST_WIDTH + " and " + MOST_WIDTH);
        }
    }

    /** The alert as lines, the last one ended too. */
    public String block(Alert alert) {
        StringBuilder out = new StringBuilder(2048);
        writeHead(out, alert);
        writeCauses(out, alert.causes());
        writeMeasures(out, alert);
        writeEvidence(out, alert.evidence());
        writeAdvice(out, alert);
        writeStory(out, alert.timeline());
        writeFoot(out, alert);
        return out.toString();
    }

    /** The alert as one line, not ended: for one whose block was shown before. */
    public String line(Alert alert) {
        StringBuilder out = new StringBuilder(256);
        out.append(mark(alert)).append("  ").append(TerminalSafe.escaped(alert.title()));
        if (!alert.parent().isEmpty()) {
            out.append(", part of ").append(TerminalSafe.escaped(alert.parent()));
        }
        return out.toString();
    }

    private String mark(Alert alert) {
        String state = alert.isOver()
                ? "RESOLVED (" + alert.resolution() + ")"
                : alert.state().name();
        String known = alert.isTold() ? "" : "ALLOWED ";
        String mark = TerminalSafe.escaped(known + alert.severity() + " " + state + " " + alert.detector());
        return colour ? colourOf(alert) + mark + RESET : mark;
    }

    private void writeHead(StringBuilder out, Alert alert) {
        out.append(mark(alert)).append('\n');
        wrap(out, INDENT, alert.title());
        line(out, INDENT, "About  " + about(alert.subject()));
        wrap(
                out,
                INDENT,
                "Since  " + alert.onset() + ", found " + alert.detectedAt() + ", last seen " + alert.lastSeen());
        if (alert.isOver()) {
            line(out, INDENT, "Over   " + alert.resolvedAt());
        }
        alert.allowed()
                .ifPresent(allowed -> wrap(
                        out,
                        INDENT,
                        "Allowed by " + allowed.policy() + " until " + allowed.until() + ", so nobody is told: "
                                + allowed.reason() + " (" + allowed.owner() + ")"));
        alert.feedback().byAspect().values().forEach(remark -> wrap(out, INDENT, remark.sentence()));
        wrap(out, INDENT, alert.summary());
        if (alert.countsAreLowerBounds()) {
            wrap(out, INDENT, "Lines are missing: the true numbers are higher.");
        }
        alert.blindSpots().forEach(spot -> wrap(out, INDENT, "Not seen: " + spot));
    }

    private void writeCauses(StringBuilder out, List<Cause> causes) {
        line(out, INDENT, "Cause");
        for (Cause cause : causes) {
            wrap(out, DEEPER, Math.round(cause.weight() * 100) + " %  " + cause.name() + ": " + cause.because());
        }
    }

    private void writeMeasures(StringBuilder out, Alert alert) {
        if (!alert.measures().isEmpty()) {
            line(out, INDENT, "Numbers");
        }
        for (Map.Entry<String, Double> measure : alert.measures().entrySet()) {
            StringJoiner notes = new StringJoiner(", ", " (", ")").setEmptyValue("");
            Double threshold = alert.thresholds().get(measure.getKey());
            if (threshold != null) {
                notes.add("threshold " + Figures.plain(threshold));
            }
            Usual usual = alert.baseline().get(measure.getKey());
            if (usual != null) {
                notes.add("usually " + Figures.plain(usual.median()) + ", seldom above " + Figures.plain(usual.p99()));
            }
            wrap(out, DEEPER, measure.getKey() + " " + Figures.plain(measure.getValue()) + notes);
        }
    }

    private void writeEvidence(StringBuilder out, List<Alert.Evidence> evidence) {
        if (!evidence.isEmpty()) {
            line(out, INDENT, "Evidence");
        }
        for (Alert.Evidence shown : evidence) {
            line(out, DEEPER, shown.host() + ":" + shown.file() + ":" + shown.offset());
            line(out, DEEPER + INDENT, shown.text());
        }
    }

    private void writeAdvice(StringBuilder out, Alert alert) {
        if (!alert.advice().isEmpty() && !alert.isOver()) {
            line(out, INDENT, "What to do");
            alert.advice().forEach(remedy -> writeRemedy(out, remedy));
        }
    }

    private void writeRemedy(StringBuilder out, Advice remedy) {
        wrap(out, DEEPER, remedy.title());
        int number = 0;
        for (String step : remedy.steps()) {
            number++;
            line(out, DEEPER + INDENT, number + ". " + step);
        }
        if (!remedy.verify().isEmpty()) {
            wrap(out, DEEPER + INDENT, "Verify: " + remedy.verify());
        }
        if (!remedy.rollback().isEmpty()) {
            wrap(out, DEEPER + INDENT, "Undo:   " + remedy.rollback());
        }
        remedy.never().forEach(never -> wrap(out, DEEPER + INDENT, "Never:  " + never));
    }

    private void writeStory(StringBuilder out, List<Alert.Moment> timeline) {
        if (!timeline.isEmpty()) {
            line(out, INDENT, "Story");
        }
        for (Alert.Moment moment : timeline) {
            wrap(out, DEEPER, moment.time() + "  " + moment.detector() + ": " + moment.text());
        }
    }

    private void writeFoot(StringBuilder out, Alert alert) {
        if (!alert.parent().isEmpty()) {
            line(out, INDENT, "Part of " + alert.parent());
        }
        alert.children().forEach(child -> line(out, INDENT, "Includes " + child));
        String technique = alert.technique().isEmpty() ? "" : ", ATT&CK " + alert.technique();
        wrap(
                out,
                INDENT,
                "Incident " + alert.incidentId() + ", record " + alert.sequence() + ", tenant " + alert.tenant() + ", "
                        + alert.detector() + " " + alert.detectorVersion() + technique);
    }

    private static String about(Subject subject) {
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

    private static void add(StringJoiner about, String kind, String name) {
        if (!name.isEmpty()) {
            about.add(kind + " " + name);
        }
    }

    private static String colourOf(Alert alert) {
        if (alert.isOver()) {
            return "\u001b[32m";
        }
        return alert.severity().compareTo(Severity.HIGH) >= 0
                ? "\u001b[1;31m"
                : alert.severity() == Severity.MEDIUM ? "\u001b[33m" : "\u001b[36m";
    }

    private static void line(StringBuilder out, String indent, String text) {
        out.append(indent).append(TerminalSafe.escaped(text)).append('\n');
    }

    /** Breaks between words; a word that is longer than the line stands on one of its own. */
    private void wrap(StringBuilder out, String indent, String text) {
        String rest = TerminalSafe.escaped(text);
        String margin = indent;
        while (margin.length() + rest.length() > width) {
            int room = width - margin.length();
            int at = rest.lastIndexOf(' ', room);
            if (at <= 0) {
                at = rest.indexOf(' ', room);
            }
            if (at <= 0) {
                break;
            }
            out.append(margin).append(rest, 0, at).append('\n');
            rest = rest.substring(at + 1).stripLeading();
            margin = indent + INDENT;
        }
        out.append(margin).append(rest).append('\n');
    }
}
