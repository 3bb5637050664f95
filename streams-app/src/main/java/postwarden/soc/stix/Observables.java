package postwarden.soc.stix;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import postwarden.detect.Subject;
import postwarden.soc.Actor;
import postwarden.soc.PlainText;
import postwarden.tally.Network;

/** The cyber-observable objects that a subject names. What is no address, domain or mailbox is left to the incident's text. */
final class Observables {
    private final Map<String, ObjectNode> byId = new LinkedHashMap<>();

    private Observables(Subject subject) {
        end(subject.client());
        end(subject.destination());
        if (!subject.account().isEmpty()) {
            account(subject.account());
        }
        mailbox(subject.sender());
        mailbox(subject.recipient());
        file(subject.script());
    }

    static Observables of(Subject subject) {
        return new Observables(subject);
    }

    List<ObjectNode> objects() {
        return List.copyOf(byId.values());
    }

    /** An address or a name at which somebody is. */
    private void end(String text) {
        Optional<Network> address = Actor.address(text);
        if (address.isPresent()) {
            add(address.get().ipv4() ? "ipv4-addr" : "ipv6-addr", "value", text);
        } else if (Actor.isDomain(text)) {
            add("domain-name", "value", text);
        }
    }

    private void mailbox(String text) {
        if (Actor.isMailbox(text)) {
            add("email-addr", "value", text);
        }
    }

    private void account(String login) {
        String name = PlainText.wellFormed(login);
        ObjectNode account = add("user-account", "account_login", name);
        if (Actor.isMailbox(name)) {
            add("email-addr", "value", name)
                    .put("belongs_to_ref", account.get("id").asText());
        }
    }

    /** A file is known by its name alone, without the folder, which would be an object of its own. */
    private void file(String path) {
        String name = PlainText.wellFormed(path.substring(path.lastIndexOf('/') + 1));
        if (!name.isEmpty()) {
            add("file", "name", name);
        }
    }

    private ObjectNode add(String type, String property, String value) {
        // Canonical JSON of one text: Jackson escapes no more than RFC 8785 asks for, once characters are whole.
        String id = StixId.observable(type, "{\"" + property + "\":" + canonical(value) + "}");
        return byId.computeIfAbsent(
                id,
                fresh -> JsonNodeFactory.instance
                        .objectNode()
                        .put("type", type)
                        .put("spec_version", StixBundle.SPEC_VERSION)
                        .put("id", fresh)
                        .put(property, value));
    }

    private static String canonical(String value) {
        return TextNode.valueOf(value).toString();
    }
}
