package postwarden.e2e.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebElement;
import postwarden.ask.Health;

/** What a person sees without touching anything: alerts as they come, and loudly, when they may not come. */
class LiveTest {
    private static final String TITLES = ".now .incidents .title";

    private static Browser browser;
    private static MadeFleet fleet;
    private static ConsoleSite site;
    private static ObjectNode flood;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        fleet = MadeFleet.recorded(folder);
        flood = fleet.openOf("connection-flood");
        site = new ConsoleSite(fleet);
        browser = new Browser(folder.resolve("profile"));
    }

    @BeforeEach
    void open() throws Exception {
        site.answerAgain();
        browser.open(site.base().resolve("/assets/icon.svg"));
        site.drop();
        browser.enter(site.base(), "#/");
        browser.awaitText("Live");
    }

    @AfterAll
    static void stop() {
        browser.close();
        site.close();
    }

    private static List<String> titles() {
        return browser.all(TITLES).stream().map(WebElement::getText).toList();
    }

    @Test
    void open_incidents_stand_by_severity_and_their_children_with_them() {
        // Given: the recorded incidents, of which one is critical

        // When
        List<String> titles = titles();

        // Then
        assertThat(titles).hasSize(4);
        assertThat(titles.get(0)).contains("karen.vogel@example.com is sending for somebody else");
        assertThat(browser.text()).contains("1 critical, 2 high, 1 medium");
        assertThat(browser.title()).startsWith("(3) Now");
    }

    @Test
    void a_new_alert_appears_by_itself_and_is_said_to_a_screen_reader() throws Exception {
        // Given
        ObjectNode fresh = MadeFleet.another(flood, "new-1", "192.0.2.99 floods mx2: 400 connections in a minute");
        fresh.put("severity", "CRITICAL").put("lastSeen", "2099-01-01T00:00:00Z");

        // When
        site.tell("1", fresh.toString());

        // Then
        browser.await("it is first", () -> titles().get(0).contains("192.0.2.99 floods mx2"));
        assertThat(browser.find("#spoken").getAttribute("textContent"))
                .contains("New, critical: 192.0.2.99 floods mx2");
        assertThat(browser.title()).startsWith("(4)");
    }

    @Test
    void an_incident_that_is_over_leaves_the_list_and_is_told_below() throws Exception {
        // Given
        ObjectNode over = MadeFleet.over(flood);

        // When
        site.tell("2", over.toString());

        // Then
        browser.awaitText("Just over");
        assertThat(titles()).hasSize(3).noneMatch(title -> title.contains("floods mx1"));
        assertThat(browser.find(".over").getText()).contains("floods mx1");
    }

    @Test
    void an_older_record_that_comes_late_changes_nothing() throws Exception {
        // Given
        ObjectNode newer = flood.deepCopy().put("sequence", 9).put("title", "newer words");
        ObjectNode older = flood.deepCopy().put("sequence", 8).put("title", "older words");
        ObjectNode marker = MadeFleet.another(flood, "marker", "marker");
        site.tell("3", newer.toString());
        browser.awaitText("newer words");

        // When
        site.tell("4", older.toString());
        site.tell("5", marker.toString());

        // Then
        browser.awaitText("marker");
        assertThat(browser.text()).contains("newer words").doesNotContain("older words");
    }

    @Test
    void a_stream_that_drops_is_said_loudly_and_resumed_behind_the_last_id() throws Exception {
        // Given
        site.tell(
                "opaque:42",
                MadeFleet.another(flood, "before", "before the break").toString());
        browser.awaitText("before the break");
        site.refuse(
                "/stream", MadeApi.problem(503, "Restoring", "the stream is not open yet", Map.of("Retry-After", "1")));

        // When
        site.drop();

        // Then
        browser.awaitText("Not connected. What you see is from");
        assertThat(browser.title()).startsWith("✕");
        assertThat(new Axe().violations(browser)).isEmpty();
        browser.keep("not-connected-1280-light");
        site.answerAgain();
        browser.awaitNoText("Not connected");
        assertThat(site.resumed.get(site.resumed.size() - 1)).isEqualTo("opaque:42");
        site.tell("43", MadeFleet.another(flood, "after", "after the break").toString());
        browser.awaitText("after the break");
    }

    @Test
    void what_was_missed_while_the_stream_was_away_is_read_again() throws Exception {
        // Given
        site.refuse("/stream", MadeApi.problem(500, "Broken", "", Map.of()));
        site.drop();
        browser.awaitText("Not connected");
        ObjectNode missed = MadeFleet.another(flood, "missed", "told while nobody listened");
        fleet.incidents.put("missed", missed);

        // When
        site.answerAgain();
        browser.find(".banner button").click();

        // Then
        browser.awaitText("told while nobody listened");
        fleet.incidents.remove("missed");
    }

    @Test
    void events_cut_anywhere_with_comments_and_strange_ones_are_read() throws Exception {
        // Given
        String alert = MadeFleet.another(flood, "cut", "cut in pieces").toString();
        String event = ": comment\r\nretry: 500\r\nevent: other\r\ndata: {}\r\n\r\nevent: alert\r\nid: 7\r\ndata: "
                + alert + "\r\n\r\n";

        // When
        for (int at = 0; at < event.length(); at += 97) {
            site.send(event.substring(at, Math.min(event.length(), at + 97)));
        }

        // Then
        browser.awaitText("cut in pieces");
        assertThat(browser.text()).contains("Live").doesNotContain("Not connected");
    }

    @Test
    void a_service_that_reads_its_state_says_how_far_it_is() throws Exception {
        // Given
        fleet.health = new Health("REBALANCING", true, false, List.of(new Health.Restoring("keys-v1", 0, 43, 100)));

        // When
        browser.open(site.base());
        browser.settled();

        // Then
        browser.awaitText("The service is reading its state. 43 % of 1 parts");
        fleet.health = new Health("RUNNING", true, true, List.of());
    }
}
