package postwarden.e2e.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import postwarden.ask.HostRow;

/** Nothing to show, refusals, and a service that wants to know who asks: each is said, and nothing passes for calm. */
class WorstDayTest {
    private static Browser browser;
    private static MadeFleet fleet;
    private static ConsoleSite site;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        fleet = MadeFleet.empty();
        site = new ConsoleSite(fleet);
        browser = new Browser(folder.resolve("profile"));
    }

    @BeforeEach
    void answer_and_forget() {
        site.answerAgain();
        site.letsIn = authorization -> true;
        fleet.hosts.clear();
        browser.open(site.base().resolve("/assets/icon.svg"));
    }

    @AfterAll
    static void stop() {
        browser.close();
        site.close();
    }

    private static HostRow host(String name, String state) {
        return new HostRow("default", name, Instant.now().minusSeconds(30), state, 100, 0, Map.of());
    }

    @Test
    void without_hosts_nothing_is_called_calm() throws Exception {
        // Given: no host, no incident

        // When
        browser.enter(site.base(), "#/");

        // Then
        browser.awaitText("Nothing is known to be wrong");
        browser.awaitText("no host sends anything");
        browser.keep("first-day-1280-light");
    }

    @Test
    void calm_is_said_when_every_host_is_heard() throws Exception {
        // Given
        fleet.hosts.add(host("mx1", "CURRENT"));

        // When
        browser.enter(site.base(), "#/");

        // Then
        browser.awaitText("All calm");
        browser.keep("calm-1280-light");
    }

    @Test
    void calm_is_not_said_of_a_silent_host() throws Exception {
        // Given
        fleet.hosts.addAll(List.of(host("mx1", "CURRENT"), host("mx2", "SILENT")));

        // When
        browser.enter(site.base(), "#/");

        // Then
        browser.awaitText("Nothing is wrong where we can see");
        browser.awaitText("1 host of 2 is silent or late: of it nothing is known.");
    }

    @Test
    void empty_lists_say_that_they_are_empty() throws Exception {
        // Given
        Map<String, String> said = Map.of(
                "#/clients", "No client has been seen yet.",
                "#/clients?search=zz", "No client has “zz” in its name.",
                "#/incidents", "There has been no incident yet.",
                "#/incidents?severity=HIGH", "No incident fits these filters.",
                "#/drift", "Every line is understood.",
                "#/fleet", "No host has said anything yet.");

        for (Map.Entry<String, String> page : said.entrySet()) {
            // When
            browser.enter(site.base(), page.getKey());

            // Then
            browser.awaitText(page.getValue());
        }
    }

    @Test
    void a_service_that_restores_is_asked_again_when_it_said_and_never_shown_as_calm() throws Exception {
        // Given
        site.refuse(
                "/incidents",
                MadeApi.problem(503, "Restoring", "incidents-v1 is being read", Map.of("Retry-After", "1")));
        fleet.hosts.add(host("mx1", "CURRENT"));

        // When
        browser.enter(site.base(), "#/");

        // Then
        browser.awaitText("Nothing can be said yet");
        browser.awaitText("Restoring (503)");
        browser.awaitText("incidents-v1 is being read");
        assertThat(browser.text()).doesNotContain("All calm");
        site.answerAgain();
        browser.awaitText("All calm");
    }

    @Test
    void an_error_is_told_with_its_reason_and_asked_again_by_hand() throws Exception {
        // Given
        site.refuse("/servers", MadeApi.problem(500, "Broken <b>", "a bug & its reason", Map.of()));

        // When
        browser.enter(site.base(), "#/servers");

        // Then
        browser.awaitText("The list could not be read: Broken <b> (500)");
        browser.awaitText("a bug & its reason");
        site.answerAgain();
        browser.find(".note button").click();
        browser.awaitText("No server has been seen yet.");
    }

    @Test
    void a_page_of_a_proxy_in_place_of_an_answer_is_an_error_too() throws Exception {
        // Given
        site.refuse("/clients", new MadeApi.Reply(200, "text/html", Map.of(), "<h1>Please log in</h1>"));

        // When
        browser.enter(site.base(), "#/clients");

        // Then
        browser.awaitText("The answer is not JSON");
    }

    @Test
    void a_token_is_asked_for_kept_in_the_tab_and_sent_with_stream_and_questions() throws Exception {
        // Given
        site.letsIn = "Bearer let-me-in"::equals;
        browser.open(site.base());
        browser.awaitText("The service asks who you are");
        browser.press("wrong", Keys.ENTER);
        browser.awaitText("is not taken");

        // When
        browser.find("#token").clear();
        browser.find("#token").sendKeys("let-me-in", Keys.ENTER);

        // Then
        browser.awaitText("Live");
        browser.await("the dialog is gone", () -> browser.all("dialog").isEmpty());
        assertThat(browser.is("sessionStorage.getItem('postwarden.token') === 'let-me-in'"))
                .isTrue();
        assertThat(browser.is("localStorage.length === 0 && document.cookie === ''"))
                .isTrue();
        browser.run("sessionStorage.clear()");
    }

    @Test
    void the_policy_is_in_force_so_an_inline_script_does_not_run() throws Exception {
        // Given
        browser.enter(site.base(), "#/");

        // When
        browser.run(
                "const script = document.createElement('script'); script.textContent = 'window.ran = true';"
                        + "document.head.append(script); document.body.setAttribute('onclick', 'window.ran = true'); document.body.click()");

        // Then
        assertThat(browser.is("window.ran === undefined")).isTrue();
        assertThat(browser.complaints()).anyMatch(complaint -> complaint.contains("Content Security Policy"));
    }

    @Test
    void a_role_that_may_not_is_told_so() throws Exception {
        // Given
        site.refuse("/drift", MadeApi.problem(403, "Not allowed", "reader may not", Map.of()));

        // When
        browser.enter(site.base(), "#/drift");

        // Then
        browser.awaitText("Your role does not allow this");
    }
}
