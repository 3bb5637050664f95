package postwarden.local.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import postwarden.schema.registry.Compatibility;
import postwarden.schema.registry.Registered;
import postwarden.schema.registry.RegistryContents;
import postwarden.schema.registry.RegistryRefused;

/** The calls of Confluent's registry API that are answered here, as of its version 7; everything else is a 404. */
final class Calls {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final StoredRegistry stored;

    Calls(StoredRegistry stored) {
        this.stored = stored;
    }

    /** One request: its method, the parts of its path, and its body, an empty object where there is none. */
    record Question(String method, List<String> path, JsonNode body) {
        private boolean is(String wantedMethod, String... pattern) {
            return method.equals(wantedMethod) && path.size() == pattern.length && matches(pattern);
        }

        /** A star stands for any one part. */
        private boolean matches(String... pattern) {
            for (int i = 0; i < pattern.length; i++) {
                if (!pattern[i].equals("*") && !pattern[i].equals(path.get(i))) {
                    return false;
                }
            }
            return true;
        }

        private String subject() {
            return path.get(1);
        }
    }

    /**
     * Answers one request.
     *
     * @throws RegistryRefused for everything but a 200
     * @throws StoredRegistry.NotStored when the file could not be written
     */
    JsonNode answer(Question question) {
        if (question.is("GET", "schemas", "ids", "*")) {
            return schemaById(question.path().get(2));
        }
        return question.path().size() > 0 && question.path().get(0).equals("config")
                ? aboutRule(question)
                : aboutSubject(question);
    }

    private JsonNode aboutSubject(Question question) {
        if (question.is("GET", "subjects")) {
            return JSON.valueToTree(stored.contents().versions().stream()
                    .map(Registered::subject)
                    .distinct()
                    .toList());
        }
        if (question.is("POST", "subjects", "*")) {
            return whole(find(question.subject(), schemaIn(question)));
        }
        if (question.is("POST", "subjects", "*", "versions")) {
            return register(question.subject(), schemaIn(question));
        }
        if (question.is("GET", "subjects", "*", "versions")) {
            return JSON.valueToTree(
                    known(question.subject()).stream().map(Registered::version).toList());
        }
        if (question.is("GET", "subjects", "*", "versions", "*")) {
            return whole(version(question.subject(), question.path().get(3)));
        }
        throw unknown(question);
    }

    private JsonNode aboutRule(Question question) {
        if (question.is("GET", "config")) {
            return JSON.valueToTree(Map.of("compatibilityLevel", RegistryContents.DEFAULT_RULE));
        }
        if (question.is("GET", "config", "*")) {
            Compatibility rule = Optional.ofNullable(stored.contents().rules().get(question.subject()))
                    .orElseThrow(() -> new RegistryRefused(
                            RegistryRefused.RULE_NOT_FOUND, "no rule is set for subject " + question.subject()));
            return JSON.valueToTree(Map.of("compatibilityLevel", rule));
        }
        if (question.is("PUT", "config", "*")) {
            Compatibility rule = ruleIn(question);
            stored.change(before -> before.with(question.subject(), rule));
            return JSON.valueToTree(Map.of("compatibility", rule));
        }
        throw unknown(question);
    }

    private JsonNode register(String subject, Schema schema) {
        stored.change(before -> before.with(subject, schema));
        return JSON.valueToTree(Map.of("id", find(subject, schema).id()));
    }

    private JsonNode schemaById(String id) {
        return stored.contents().versions().stream()
                .filter(known -> String.valueOf(known.id()).equals(id))
                .findFirst()
                .map(known -> JSON.valueToTree(Map.of("schema", known.schema().toString())))
                .map(JsonNode.class::cast)
                .orElseThrow(
                        () -> new RegistryRefused(RegistryRefused.SCHEMA_NOT_FOUND, "schema " + id + " not found"));
    }

    private Registered find(String subject, Schema schema) {
        known(subject);
        return stored.contents()
                .find(subject, schema)
                .orElseThrow(() -> new RegistryRefused(
                        RegistryRefused.SCHEMA_NOT_FOUND, "schema not found under subject " + subject));
    }

    private Registered version(String subject, String version) {
        List<Registered> versions = known(subject);
        return version.equals("latest")
                ? versions.get(versions.size() - 1)
                : versions.stream()
                        .filter(known -> String.valueOf(known.version()).equals(version))
                        .findFirst()
                        .orElseThrow(() -> new RegistryRefused(
                                RegistryRefused.VERSION_NOT_FOUND,
                                "version " + version + " of subject " + subject + " not found"));
    }

    private List<Registered> known(String subject) {
        List<Registered> versions = stored.contents().versionsOf(subject).toList();
        if (versions.isEmpty()) {
            throw new RegistryRefused(RegistryRefused.SUBJECT_NOT_FOUND, "subject " + subject + " not found");
        }
        return versions;
    }

    private static ObjectNode whole(Registered version) {
        return JSON.createObjectNode()
                .put("subject", version.subject())
                .put("version", version.version())
                .put("id", version.id())
                .put("schema", version.schema().toString());
    }

    private static Schema schemaIn(Question question) {
        try {
            return new Schema.Parser().parse(question.body().path("schema").asText());
        } catch (AvroRuntimeException broken) {
            throw new RegistryRefused(
                    RegistryRefused.INVALID_SCHEMA, "\"schema\" is no Avro schema: " + broken.getMessage());
        }
    }

    private static Compatibility ruleIn(Question question) {
        String name = question.body().path("compatibility").asText();
        return Arrays.stream(Compatibility.values())
                .filter(rule -> rule.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new RegistryRefused(
                        RegistryRefused.INVALID_RULE,
                        "\"compatibility\" is \"" + name + "\", not one of "
                                + Arrays.toString(Compatibility.values())));
    }

    private static RegistryRefused unknown(Question question) {
        return new RegistryRefused(
                RegistryRefused.NOT_FOUND,
                question.method() + " /" + String.join("/", question.path()) + " is not answered here");
    }
}
