package postwarden.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;
import postwarden.alertjson.TerminalSafe;
import postwarden.policy.Allowance;
import postwarden.policy.Decision;
import postwarden.policy.Remark;
import postwarden.policy.Saying;

/** What operators have decided, a line each: what is let be, and what is said of incidents. */
final class PolicyTable {
    private PolicyTable() {}

    /** For people. */
    static String line(Decision decision, Instant now) {
        return TerminalSafe.escaped(
                decision instanceof Saying saying ? said(saying) : allowed((Allowance) decision, now));
    }

    private static String allowed(Allowance allowance, Instant now) {
        return String.format(
                Locale.ROOT,
                "%s/%s  %s from %s until %s  detector %s, entity %s, host %s  %s: %s",
                allowance.tenant(),
                allowance.id(),
                state(allowance, now),
                allowance.from(),
                allowance.until(),
                allowance.detector().text(),
                allowance.entity().text(),
                allowance.host().text(),
                allowance.owner(),
                allowance.reason());
    }

    /** By the wall clock; the service goes by the time of the lines. */
    private static String state(Allowance allowance, Instant now) {
        if (now.isBefore(allowance.from())) {
            return "to come";
        }
        return now.isBefore(allowance.until()) ? "holds" : "ended";
    }

    private static String said(Saying saying) {
        return String.format(
                Locale.ROOT,
                "%s/%s  said, kept until %s  %s",
                saying.tenant(),
                saying.id(),
                saying.until(),
                saying.remark().sentence());
    }

    /** One JSON object, for scripts. */
    static String json(Decision decision, Instant now) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("kind", decision instanceof Saying ? "remark" : "allowance");
        node.put("tenant", decision.tenant());
        node.put("id", decision.id());
        if (decision instanceof Saying saying) {
            fill(node, saying);
        } else {
            fill(node, (Allowance) decision, now);
        }
        return AskCommand.line(node);
    }

    private static void fill(ObjectNode node, Allowance allowance, Instant now) {
        node.put("holds", state(allowance, now).equals("holds"));
        node.put("detector", allowance.detector().text());
        node.put("entity", allowance.entity().text());
        node.put("host", allowance.host().text());
        node.put("owner", allowance.owner());
        node.put("reason", allowance.reason());
        node.put("from", allowance.from().toString());
        node.put("until", allowance.until().toString());
    }

    private static void fill(ObjectNode node, Saying saying) {
        Remark remark = saying.remark();
        node.put("incident", saying.incident());
        node.put("aspect", remark.aspect().wireName());
        node.put("value", remark.value());
        node.put("by", remark.by());
        node.put("reason", remark.reason());
        node.put("at", remark.at().toString());
        node.put("until", saying.until().toString());
    }
}
