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
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** What a person does: keys, searching, sorting, turning pages, reading a chart, saying what an incident was. */
class HandsTest {
    private static Browser browser;
    private static MadeFleet fleet;
    private static ConsoleSite site;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        fleet = MadeFleet.recorded(folder);
        site = new ConsoleSite(fleet);
        browser = new Browser(folder.resolve("profile"));
    }

    @BeforeEach
    void begin_elsewhere() {
        browser.open(site.base().resolve("/assets/icon.svg"));
    }

    @AfterAll
    static void stop() {
        browser.close();
        site.close();
    }

    private static List<String> names() {
        return browser.all("main tbody [data-row]").stream()
                .map(WebElement::getText)
                .toList();
    }

    @Test
    void rows_are_walked_and_opened_with_keys_alone() throws Exception {
        // Given
        browser.enter(site.base(), "#/");

        // When
        browser.press("j", "j", "k", Keys.ENTER);

        // Then
        browser.await("an incident is open", () -> browser.address().contains("#/incidents/"));
        browser.awaitText("What to do");
        assertThat(browser.is("document.activeElement.tagName === 'H1'")).isTrue();
    }

    @Test
    void g_and_a_letter_go_to_a_page_and_slash_to_its_search() throws Exception {
        // Given
        browser.enter(site.base(), "#/");

        // When
        browser.press("g", "c");
        browser.awaitText("121 in all");
        browser.press("/");

        // Then
        assertThat(browser.is("document.activeElement.id === 'search'")).isTrue();
        browser.press("203.0");
        browser.await("one client is left", () -> names().equals(List.of("203.0.113.177")));
        assertThat(browser.address()).endsWith("#/clients?search=203.0");
    }

    @Test
    void help_opens_by_key_and_single_keys_can_be_switched_off() throws Exception {
        // Given
        browser.enter(site.base(), "#/");
        browser.press("?");
        browser.awaitText("next and previous row");
        assertThat(new Axe().violations(browser)).isEmpty();
        browser.keep("help-1280-light");

        // When
        browser.find("dialog input[type=checkbox]").click();
        browser.press(Keys.ESCAPE);
        browser.await("the dialog is gone", () -> browser.all("dialog").isEmpty());
        browser.press("g", "f");

        // Then
        assertThat(browser.address()).endsWith("#/");
        browser.run("localStorage.clear()");
    }

    @Test
    void the_first_tab_offers_to_skip_to_the_content() throws Exception {
        // Given
        browser.enter(site.base(), "#/");

        // When
        browser.press(Keys.TAB, Keys.ENTER);

        // Then
        assertThat(browser.is("document.activeElement.id === 'main'")).isTrue();
    }

    @Test
    void a_list_is_sorted_by_any_measure_and_turned_page_by_page() throws Exception {
        // Given
        browser.enter(site.base(), "#/clients");
        List<String> byName = names();

        // When
        browser.find("thead th.number button").click();
        browser.await(
                "it is sorted", () -> !browser.all("th[aria-sort=descending]").isEmpty() && !names().equals(byName));
        List<String> sorted = names();
        browser.find(".pager button:last-child").click();
        browser.await("the second page is here", () -> !names().equals(sorted));

        // Then
        assertThat(names()).hasSize(50).doesNotContainAnyElementsOf(sorted);
        assertThat(site.asked).anyMatch(asked -> asked.contains("sort=connects") && asked.contains("cursor=50"));
        browser.find(".pager button:first-child").click();
        browser.await("the first page is back", () -> names().equals(sorted));
    }

    @Test
    void incidents_are_filtered_and_the_filter_stands_in_the_address() throws Exception {
        // Given
        browser.enter(site.base(), "#/incidents?state=RESOLVED");
        browser.awaitText("3 in all");

        // When
        browser.find("#detector").sendKeys("remote-throttle");

        // Then
        browser.awaitText("1 in all");
        assertThat(names()).singleElement().asString().contains("bigmail.example refuses out1");
        assertThat(browser.address()).endsWith("#/incidents?state=RESOLVED&detector=remote-throttle");
    }

    @Test
    void an_incident_says_why_what_to_do_and_shows_its_measure_over_time() throws Exception {
        // Given
        ObjectNode flood = fleet.openOf("connection-flood");

        // When
        browser.enter(site.base(), "#/incidents/" + MadeFleet.id(flood));
        browser.await("the chart is drawn", () -> browser.is("document.querySelector('.plot path.line')"));

        // Then
        assertThat(browser.text())
                .contains("98 %", "Single source", "one address made 67 connections in a minute")
                .contains("Never raise smtpd_client_connection_count_limit", "It worked when", "To undo it")
                .contains("threshold 60", "@ 390758", "What people say of it");
        assertThat(browser.is("document.querySelector('.plot line.threshold')")).isTrue();
        assertThat(browser.all(".steps .copy")).hasSameSizeAs(browser.all(".steps > li"));
    }

    @Test
    void a_directive_is_copied_as_a_shell_takes_it() throws Exception {
        // Given
        browser.enter(site.base(), "#/incidents/" + MadeFleet.id(fleet.openOf("connection-flood")));
        browser.run("window.copied = ''; navigator.clipboard.writeText = async (text) => { window.copied = text; }");

        // When
        browser.all(".steps .copy").get(4).click();

        // Then
        browser.await(
                "it is copied",
                () -> browser.is(
                        "window.copied === "
                                + "'postconf -e smtpd_client_connection_count_limit=10 smtpd_client_connection_rate_limit=60; postfix reload'"));
        browser.await("that is said", () -> browser.is("document.getElementById('spoken').textContent === 'Copied'"));
    }

    @Test
    void a_chart_is_read_with_the_arrow_keys() throws Exception {
        // Given
        browser.enter(site.base(), "#/clients/203.0.113.177");
        browser.await("a chart is drawn", () -> browser.is("document.querySelector('.plot svg')"));

        // When
        browser.run("document.querySelector('.plot').focus()");
        browser.press(Keys.ARROW_LEFT, Keys.ARROW_LEFT);

        // Then
        assertThat(browser.find(".readout").getText()).matches(".* to .* UTC: [0-9.,]+");
    }

    @Test
    void the_week_of_a_client_is_told_by_the_hour_beside_what_is_usual_at_that_hour() throws Exception {
        // Given
        browser.enter(site.base(), "#/clients/203.0.113.177");
        browser.await("a chart is drawn", () -> browser.is("document.querySelector('.plot svg')"));

        // When
        browser.all(".ranges button").get(3).click();
        browser.awaitText("usual at that hour");
        browser.run("document.querySelector('.plot').focus()");
        browser.press(Keys.ARROW_LEFT);

        // Then
        assertThat(browser.find(".readout").getText()).matches(".* to .* UTC: [0-9.,]+, usual [0-9.,]+");
        assertThat(browser.text()).contains("All that is kept: 6 days", "Messages");
        assertThat(browser.find(".chart figcaption").getText()).contains("an hour", "usual at that hour");
        assertThat(browser.is("document.querySelector('.plot path.expected').getAttribute('d').length > 1000"))
                .isTrue();
        assertThat(new Axe().violations(browser)).isEmpty();
        browser.keep("client-week-1280-light");
    }

    @Test
    void feedback_is_sent_with_its_reason_and_asked_for_one_where_it_must_be() throws Exception {
        // Given
        String id = MadeFleet.id(fleet.openOf("retry-storm"));
        browser.enter(site.base(), "#/incidents/" + id);
        choose("Let the like be for a while");
        browser.awaitText("Nobody is woken by the like of it");
        browser.find(".feedback button.main").click();
        assertThat(site.posted).isEmpty();

        // When
        browser.find("#reason").sendKeys("the newsletter of the 1st");
        browser.find(".feedback button.main").click();

        // Then
        browser.awaitText("Taken: allowed until");
        assertThat(site.posted)
                .singleElement()
                .satisfies(
                        posted -> assertThat(posted)
                                .startsWith(
                                        "/incidents/" + id
                                                + "/feedback {\"action\":\"allow\",\"reason\":\"the newsletter of the 1st\",\"until\":\"20"));
        site.posted.clear();
    }

    @Test
    void what_looks_after_it_and_what_it_was_is_said_with_keys_alone() throws Exception {
        // Given
        String id = MadeFleet.id(fleet.openOf("retry-storm"));
        browser.enter(site.base(), "#/incidents/" + id);

        // When
        browser.find(".feedback button.main").sendKeys(Keys.ENTER);
        browser.awaitText("Taken: you look after it");
        choose("Somebody else looks after it");
        browser.awaitText("Others see who is to do it.");
        browser.find("#assignee").sendKeys("ben", Keys.ENTER);
        browser.awaitText("Taken: for ben");
        choose("It is false");
        browser.awaitText("it was wrong to tell of it");
        browser.find("#reason").sendKeys("a backup");
        browser.find(".feedback button.main").sendKeys(Keys.ENTER);
        browser.awaitText("Taken: called false");

        // Then
        String path = "/incidents/" + id + "/feedback ";
        assertThat(site.posted)
                .containsExactly(
                        path + "{\"action\":\"acknowledge\"}",
                        path + "{\"action\":\"assign\",\"assignee\":\"ben\"}",
                        path + "{\"action\":\"false\",\"reason\":\"a backup\"}");
        site.posted.clear();
    }

    @Test
    void what_was_said_stands_on_the_incident_and_in_the_list() throws Exception {
        browser.enter(site.base(), "#/incidents/" + MadeFleet.id(fleet.openOf("retry-storm")));
        assertThat(browser.find("dl.remarks").getText()).contains("benign", "by omar", "the newsletter", "by anna");

        browser.enter(site.base(), "#/incidents");
        browser.awaitText("called benign");
        assertThat(browser.find("table.history").getText()).contains("acknowledged by anna", "for ben");
    }

    @Test
    void a_reader_who_says_something_is_told_who_may() throws Exception {
        // Given
        String path = "/incidents/" + MadeFleet.id(fleet.openOf("retry-storm"));
        browser.enter(site.base(), "#" + path);
        site.refuse(path + "/feedback", MadeApi.problem(403, "Forbidden", "the role operator is needed", Map.of()));

        // When
        browser.find(".feedback button.main").click();

        // Then
        browser.awaitText("You may read and not decide");
        site.answerAgain();
    }

    private static void choose(String label) {
        browser.find("#says").sendKeys(label);
    }

    @Test
    void dark_or_light_is_chosen_and_remembered() throws Exception {
        // Given
        browser.prefersDark(false);
        browser.enter(site.base(), "#/");

        // When
        browser.press("t");
        browser.open(site.base().resolve("/assets/icon.svg"));
        browser.enter(site.base(), "#/");

        // Then
        assertThat(browser.is("getComputedStyle(document.documentElement).colorScheme === 'dark'"))
                .isTrue();
        browser.run("localStorage.clear()");
    }

    @Test
    void times_are_told_in_utc_and_in_the_readers_zone() throws Exception {
        // Given
        browser.zone("Asia/Kathmandu");

        // When
        browser.enter(site.base(), "#/incidents/" + MadeFleet.id(fleet.openOf("retry-storm")));

        // Then
        assertThat(browser.find("dl.table").getText())
                .containsPattern("\\d\\d:\\d\\d:\\d\\d UTC · (\\d+ \\w+ )?\\d\\d:\\d\\d here · ");
        browser.zone("UTC");
    }
}
