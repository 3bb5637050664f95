package postwarden.soc.cef;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import postwarden.incident.Alert;
import postwarden.incident.AlertFixture;
import postwarden.soc.RealAlerts;

/** CEF has no schema, only rules; they are held against a reader written from the specification's section on escaping. */
class CefLineTest {
    /** Keys of the dictionary that are used, with the length that it gives them. */
    private static final Map<String, Integer> DICTIONARY = Map.ofEntries(
            Map.entry("externalId", 40),
            Map.entry("act", 63),
            Map.entry("outcome", 63),
            Map.entry("cat", 1023),
            Map.entry("rt", 20),
            Map.entry("start", 20),
            Map.entry("end", 20),
            Map.entry("reason", 1023),
            Map.entry("msg", 1023),
            Map.entry("shost", 1023),
            Map.entry("src", 15),
            Map.entry("dhost", 1023),
            Map.entry("destinationDnsDomain", 255),
            Map.entry("duser", 1023),
            Map.entry("suser", 1023),
            Map.entry("filePath", 1023),
            Map.entry("c6a2", 45),
            Map.entry("c6a2Label", 1023),
            Map.entry("cn1", 20),
            Map.entry("cn1Label", 1023),
            Map.entry("cfp1", 20),
            Map.entry("cfp1Label", 1023),
            Map.entry("flexString1", 1023),
            Map.entry("flexString1Label", 128),
            Map.entry("flexString2", 1023),
            Map.entry("flexString2Label", 128));

    @Test
    void every_alert_is_one_line_with_seven_fields_and_known_keys() {
        Set<String> custom = Stream.of("cs1", "cs2", "cs3", "cs4", "cs5", "cs6")
                .flatMap(key -> Stream.of(key, key + "Label"))
                .collect(Collectors.toSet());
        assertThat(RealAlerts.all()).allSatisfy(alert -> {
            Read read = Read.of(CefLine.of(alert));
            assertThat(read.header()).hasSize(7).startsWith("CEF:0", "Postwarden", "Postwarden");
            assertThat(Integer.parseInt(read.header().get(6))).isBetween(0, 10);
            read.extension().forEach((key, value) -> {
                assertThat(DICTIONARY.containsKey(key) || custom.contains(key))
                        .as(key)
                        .isTrue();
                assertThat(value.length()).as(key).isLessThanOrEqualTo(DICTIONARY.getOrDefault(key, 4000));
            });
            assertThat(read.extension()).containsEntry("externalId", alert.incidentId());
        });
    }

    @Property(tries = 300)
    void no_text_adds_a_field_or_a_line(@ForAll String text) {
        // Given
        Set<String> usual = Read.of(CefLine.of(AlertFixture.hostile("harmless")))
                .extension()
                .keySet();

        // When
        String line = CefLine.of(AlertFixture.hostile("x" + text));

        // Then
        assertThat(line).doesNotContain("\n", "\r", "\u001b");
        assertThat(Read.of(line).extension().keySet()).isSubsetOf(usual);
        assertThat(Read.of(line).header()).hasSize(7);
    }

    @Test
    void what_was_escaped_is_read_back() {
        Alert alert = AlertFixture.hostile("a=b|c\\d\ne");
        Read read = Read.of(CefLine.of(alert));

        assertThat(read.extension().get("cs6")).contains("a=b|c\\d\ne");
        assertThat(read.extension()).containsEntry("shost", "a=b|c\\d\ne");
    }

    @Test
    void an_address_stands_in_the_field_of_its_kind() {
        assertThat(Read.of(CefLine.of(AlertFixture.hostile("192.0.2.7"))).extension())
                .containsEntry("src", "192.0.2.7");
        assertThat(Read.of(CefLine.of(AlertFixture.hostile("2001:db8::7"))).extension())
                .containsEntry("c6a2", "2001:db8::7")
                .containsEntry("c6a2Label", "Source IPv6 Address");
    }

    /** A line taken apart: seven header fields, then keys and values. */
    private record Read(List<String> header, Map<String, String> extension) {
        static Read of(String line) {
            List<String> header = new ArrayList<>();
            StringBuilder field = new StringBuilder();
            int at = 0;
            while (header.size() < 7) {
                char c = line.charAt(at++);
                if (c == '\\') {
                    field.append(line.charAt(at++));
                } else if (c == '|') {
                    header.add(field.toString());
                    field.setLength(0);
                } else {
                    field.append(c);
                }
            }
            return new Read(header, extension(line.substring(at)));
        }

        /** A key is the word before an equals sign that is not escaped. */
        private static Map<String, String> extension(String text) {
            Map<String, String> read = new TreeMap<>();
            String key = "";
            StringBuilder value = new StringBuilder();
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '\\') {
                    char next = text.charAt(++i);
                    value.append(next == 'n' ? '\n' : next);
                } else if (c == '=') {
                    int space = value.lastIndexOf(" ");
                    if (!key.isEmpty()) {
                        assertThat(read.put(key, value.substring(0, Math.max(space, 0))))
                                .isNull();
                    }
                    key = value.substring(space + 1);
                    value.setLength(0);
                } else {
                    value.append(c);
                }
            }
            read.put(key, value.toString());
            return read;
        }
    }
}
