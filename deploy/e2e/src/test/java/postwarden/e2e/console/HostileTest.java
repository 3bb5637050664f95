package postwarden.e2e.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postwarden.ask.EntityRow;
import postwarden.ask.HostRow;

/** Names and lines that a stranger wrote: shown as they are, to the last sign, and never taken for anything but text. */
class HostileTest {
    private static final String MARKUP =
            "<script>window.broken=1</script><img src=x onerror='window.broken=2'>\"'><b>bold</b>";
    private static final String TURNED = "gpj.\u202Eexe.\u200Bmail\u0007\u001b[31m";
    private static final String LONG = "x".repeat(10_240) + "@end.example";
    private static final String CRITICAL = "hostile/../1?a=b#c%";

    private static Browser browser;
    private static ConsoleSite site;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        MadeFleet fleet = MadeFleet.recorded(folder);
        spoil(fleet);
        site = new ConsoleSite(fleet);
        browser = new Browser(folder.resolve("profile"));
    }

    @AfterAll
    static void stop() {
        browser.close();
        site.close();
    }

    @AfterEach
    void nothing_ran_and_nothing_was_wider_than_the_window() {
        assertThat(browser.is("window.broken === undefined")).isTrue();
        assertThat(browser.is("!/[\\u202e\\u200b\\u0007\\u001b]/.test(document.documentElement.outerHTML)"))
                .isTrue();
        assertThat(browser.is("document.documentElement.scrollWidth <= innerWidth"))
                .isTrue();
        // What is not known is answered by 404, which the browser notes too.
        assertThat(browser.complaints()).allMatch(complaint -> complaint.contains("status of 404"));
    }

    private static void spoil(MadeFleet fleet) {
        ObjectNode alert = MadeFleet.another(fleet.openOf("connection-flood"), CRITICAL, MARKUP + TURNED);
        alert.put("severity", "CRITICAL")
                .put("lastSeen", "2099-01-01T00:00:00Z")
                .put("summary", LONG)
                .put("cause", MARKUP)
                .put("detector", TURNED);
        ((ObjectNode) alert.get("subject"))
                .put("client", LONG)
                .put("account", MARKUP)
                .put("server", TURNED);
        ObjectNode advice = (ObjectNode) alert.get("advice").get(0);
        ((ArrayNode) advice.get("steps")).add("Look: grep '" + MARKUP + TURNED + "' /var/log/mail.log");
        MadeFleet.addEvidence(alert, MARKUP, TURNED + MARKUP + LONG);
        fleet.incidents.put(CRITICAL, alert);
        List<EntityRow> rows =
                new ArrayList<>(fleet.lists.get("accounts") == null ? List.of() : fleet.lists.get("accounts"));
        for (String name : List.of(MARKUP, TURNED, LONG, "a/b?c#d%e+f g&h")) {
            rows.add(new EntityRow(
                    "account", "default", name, fleet.now, Map.of("messages", 3.0, MARKUP, 1.0), 1, List.of()));
        }
        fleet.lists.put("accounts", rows);
        fleet.hosts.add(new HostRow("default", MARKUP, fleet.now, "SILENT", 1, 1, Map.of(MARKUP, 1L)));
        fleet.hosts.add(new HostRow("default", LONG, fleet.now, "<STRANGE>", 1, 1, Map.of()));
    }

    @Test
    void the_list_shows_markup_as_text_and_writes_out_signs_that_deceive() throws Exception {
        // Given
        browser.width(360);

        // When
        browser.enter(site.base(), "#/");

        // Then
        assertThat(browser.find(".now .incidents .title").getText())
                .contains("<script>window.broken=1</script>")
                .contains("gpj.⟨U+202E⟩exe.⟨U+200B⟩mail⟨U+0007⟩⟨U+001B⟩[31m");
        browser.width(1280);
    }

    @Test
    void an_incident_with_a_name_of_ten_kibibytes_fits_a_telephone() throws Exception {
        // Given
        browser.width(360);

        // When
        browser.enter(site.base(), "#/incidents/" + encoded(CRITICAL));

        // Then
        assertThat(browser.text())
                .contains("<img src=x onerror='window.broken=2'>")
                .contains("more) …");
        assertThat(browser.all("main script, main img")).isEmpty();
        assertThat(new Axe().violations(browser)).isEmpty();
        browser.keep("hostile-incident-360-light");
        browser.width(1280);
    }

    @Test
    void a_list_with_hostile_names_links_to_each_of_them() throws Exception {
        // Given
        browser.enter(site.base(), "#/accounts?search=" + encoded("a/b?c"));

        // When
        browser.find("main [data-row]").click();

        // Then
        browser.awaitText("all accounts");
        browser.settled();
        assertThat(browser.find("h1").getText()).isEqualTo("a/b?c#d%e+f g&h");
        assertThat(site.asked).contains("GET /accounts/" + encoded("a/b?c#d%e+f g&h") + "?stale=true");
    }

    @Test
    void accounts_and_fleet_show_every_hostile_name() throws Exception {
        // Given
        browser.enter(site.base(), "#/accounts");
        String accounts = browser.text();

        // When
        browser.enter(site.base(), "#/fleet");

        // Then
        assertThat(accounts)
                .contains("<script>window.broken=1</script>")
                .contains("⟨U+202E⟩")
                .contains("more) …");
        assertThat(browser.text()).contains("<b>bold</b>").contains("<STRANGE>");
    }

    @Test
    void an_address_that_is_no_text_leads_to_a_page_that_says_so() throws Exception {
        // Given
        String broken = "#/incidents/%E0%A4%A";

        // When
        browser.enter(site.base(), broken);

        // Then
        browser.awaitText("Nothing is known by this name");
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
