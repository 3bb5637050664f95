package postwarden.e2e.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** What axe-core finds wrong on the page that a browser shows, by WCAG 2.2 A and AA and its own best practices. */
final class Axe {
    private static final String RUN =
            "return axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', "
                    + "'best-practice'], rules: {'target-size': {enabled: true}}}).then(found => (window.axePasses = found.passes.length, found.violations).map(one => "
                    + "one.id + ': ' + one.help + ': ' + one.nodes.slice(0, 3).map(node => node.html.slice(0, 200) + ' ' + "
                    + "node.any.map(check => check.message).join('; ')).join(' | ')))";

    private final String source;

    Axe() throws IOException {
        try (InputStream script = Objects.requireNonNull(Axe.class.getResourceAsStream("/axe.min.js"), "axe.min.js")) {
            source = new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** One text for each rule that is broken. */
    List<?> violations(Browser browser) {
        inject(browser);
        return browser.list(RUN);
    }

    /** How many rules held in the last run, so that one which looked at nothing is noticed. */
    long passes(Browser browser) {
        return browser.number("return window.axePasses");
    }

    private void inject(Browser browser) {
        if (!browser.is("window.axe")) {
            browser.run(source);
        }
    }
}
