package postwarden.soc.ocsf;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import postwarden.detect.Advice;
import postwarden.detect.Subject;
import postwarden.incident.Alert;
import postwarden.soc.Actor;
import postwarden.soc.JsonParts;
import postwarden.soc.PlainText;

/** Who and what is involved in a finding: what suffers, what to search for elsewhere, the lines that show it, and the cure. */
final class Involved {
    private static final int HOSTNAME = 1;
    private static final int IP_ADDRESS = 2;
    private static final int USER_NAME = 4;
    private static final int EMAIL_ADDRESS = 5;
    private static final int FILE_NAME = 7;
    private static final int OTHER = 99;

    private Involved() {}

    static ArrayNode resources(Subject subject) {
        ArrayNode resources = JsonParts.array();
        addResource(resources, "server", subject.server());
        addResource(resources, "account", subject.account());
        addResource(resources, "mailbox", subject.recipient());
        addResource(resources, "destination", subject.destination());
        return resources;
    }

    private static void addResource(ArrayNode resources, String type, String name) {
        if (!name.isEmpty()) {
            ObjectNode resource = resources.addObject();
            resource.put("type", type);
            JsonParts.put(resource, "name", name);
            JsonParts.put(resource, "uid", name);
        }
    }

    static ArrayNode observables(Subject subject) {
        ArrayNode observables = JsonParts.array();
        addObservable(observables, "server", HOSTNAME, "Hostname", subject.server());
        addEnd(observables, "client", subject.client());
        addEnd(observables, "destination", subject.destination());
        addObservable(observables, "account", USER_NAME, "User Name", subject.account());
        addObservable(observables, "sender", EMAIL_ADDRESS, "Email Address", subject.sender());
        addObservable(observables, "recipient", EMAIL_ADDRESS, "Email Address", subject.recipient());
        addObservable(observables, "script", FILE_NAME, "File Name", subject.script());
        return observables;
    }

    private static void addEnd(ArrayNode observables, String name, String value) {
        if (Actor.address(value).isPresent()) {
            addObservable(observables, name, IP_ADDRESS, "IP Address", value);
        } else if (Actor.isDomain(value)) {
            addObservable(observables, name, HOSTNAME, "Hostname", value);
        } else {
            addObservable(observables, name, OTHER, name, value);
        }
    }

    private static void addObservable(ArrayNode observables, String name, int type, String caption, String value) {
        if (!value.isEmpty()) {
            ObjectNode observable = observables.addObject();
            observable.put("name", name).put("type_id", type).put("type", caption);
            observable.put("value", PlainText.wellFormed(value));
        }
    }

    static ArrayNode evidences(Alert alert) {
        ArrayNode evidences = JsonParts.array();
        for (Alert.Evidence line : alert.evidence()) {
            ObjectNode data = evidences.addObject().putObject("data");
            JsonParts.put(data, "host", line.host());
            JsonParts.put(data, "file", line.file());
            data.put("offset", line.offset());
            data.put("time", line.time().toEpochMilli());
            data.put("line", PlainText.wellFormed(line.text()));
        }
        return evidences;
    }

    /** The title of each remedy with its steps; the schema wants one text. */
    static ObjectNode remediation(Alert alert) {
        ObjectNode remediation = JsonParts.object();
        if (alert.advice().isEmpty()) {
            return remediation;
        }
        StringBuilder text = new StringBuilder();
        for (Advice remedy : alert.advice()) {
            text.append(remedy.title()).append('\n');
            remedy.steps().forEach(step -> text.append("- ").append(step).append('\n'));
            remedy.never().forEach(never -> text.append("Never: ").append(never).append('\n'));
        }
        JsonParts.put(remediation, "desc", text.toString().strip());
        return remediation;
    }
}
