package postwarden.e2e.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every page, in light and dark, from a telephone to a wall: drawn without an error, without a violation of accessibility or
 * policy, without asking anybody else, and within its width. Pictures stay in {@code target/screenshots}. With {@code
 * -Dpostwarden.console=http://host:port/} the pages are a running service's.
 */
class PagesTest {
    private static final int TELEPHONE = 360;
    private static final int DESK = 1280;
    private static final int WALL = 2560;
    /** Rules that hold on any page of ours; fewer mean that axe did not see the page. */
    private static final long RULES = 15;

    private static Browser browser;
    private static ConsoleSite site;
    private static URI base;
    private static Axe axe;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        axe = new Axe();
        site = new ConsoleSite(MadeFleet.recorded(folder));
        String running = System.getProperty("postwarden.console", "");
        base = running.isEmpty() ? site.base() : URI.create(running);
        browser = new Browser(folder.resolve("profile"));
    }

    @AfterAll
    static void stop() {
        browser.close();
        site.close();
    }

    /** The pages by name; those of one thing are the first of their list. */
    private static Map<String, String> pages() throws ExecutionException, InterruptedException {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("now", "#/");
        pages.put("incidents", "#/incidents");
        pages.put("fleet", "#/fleet");
        pages.put("drift", "#/drift");
        pages.put("stray", "#/nowhere");
        pages.put("incident", first("#/"));
        for (String list : List.of("servers", "clients", "accounts", "senders", "destinations")) {
            pages.put(list, "#/" + list);
        }
        pages.put("server", first("#/servers"));
        pages.put("account", first("#/accounts"));
        return pages;
    }

    private static String first(String list) throws ExecutionException, InterruptedException {
        browser.enter(base, list);
        assertThat(browser.all("main [data-row]")).as("rows of " + list).isNotEmpty();
        String href = browser.attribute("main [data-row]", "href");
        return href.substring(href.indexOf('#'));
    }

    @Test
    void every_page_is_accessible_fits_its_window_and_asks_nobody_else() throws Exception {
        // Given
        Map<String, String> pages = pages();

        // When
        StringBuilder wrong = new StringBuilder();
        for (Map.Entry<String, String> page : pages.entrySet()) {
            browser.enter(base, page.getValue());
            look(page.getKey(), wrong);
        }

        // Then
        assertThat(wrong.toString()).isEmpty();
        assertThat(browser.complaints()).isEmpty();
        // What begins with data: is Chromium's own picture in a field for dates, and leaves it for nowhere.
        assertThat(browser.requests())
                .isNotEmpty()
                .allMatch(url -> url.startsWith(base.toString()) || url.startsWith("data:"));
    }

    private static void look(String name, StringBuilder wrong) throws IOException {
        for (int width : new int[] {TELEPHONE, WALL, DESK}) {
            browser.width(width);
            browser.keep(name + '-' + width + "-light");
            long overflow = browser.number("return document.documentElement.scrollWidth - innerWidth");
            if (overflow > 0) {
                wrong.append(name)
                        .append(' ')
                        .append(width)
                        .append(" is too wide by ")
                        .append(overflow)
                        .append('\n');
            }
        }
        inspect(name + " light", wrong);
        browser.prefersDark(true);
        browser.keep(name + "-1280-dark");
        browser.width(TELEPHONE);
        inspect(name + " dark", wrong);
        browser.prefersDark(false);
        browser.width(DESK);
    }

    private static void inspect(String name, StringBuilder wrong) {
        axe.violations(browser)
                .forEach(violation ->
                        wrong.append(name).append(' ').append(violation).append('\n'));
        assertThat(axe.passes(browser)).as("rules that hold on " + name).isGreaterThan(RULES);
    }
}
