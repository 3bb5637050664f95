package postwarden.e2e.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptException;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import postwarden.e2e.Await;

/** Headless Chromium, as a person sees it and as its developer tools see it: what was said, what was asked for, and where. */
final class Browser implements AutoCloseable {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Pixels of height: what is below is in the picture too. */
    private static final int HEIGHT = 900;

    private final ChromeDriver driver;
    private final List<String> complaints = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();

    /** @param profile an empty folder */
    Browser(Path profile) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(program("chromium").toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--lang=en",
                "--user-data-dir=" + profile.toAbsolutePath());
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(program("chromedriver").toFile())
                .usingAnyFreePort()
                .build();
        driver = new ChromeDriver(service, options);
        width(1280);
    }

    /** @throws IllegalStateException when there is none on the PATH */
    private static Path program(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException(
                                name
                                        + " is not on the PATH; Debian has it as chromium and chromium-driver, deploy/verify installs both"));
    }

    void open(URI address) {
        driver.get(address.toString());
    }

    /** Goes to a page of the console, and waits until it has its heading and has stopped asking. */
    void enter(URI base, String hash) throws ExecutionException, InterruptedException {
        driver.get(base + hash);
        settled();
    }

    void settled() throws ExecutionException, InterruptedException {
        await(
                "the page is drawn",
                () -> is("document.querySelector('main h1') && !document.querySelector('.pending')"
                        + " && !document.querySelector('main').textContent.includes('Asking for')"));
    }

    /** The width of the window in CSS pixels, down to a telephone's. */
    void width(int pixels) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", pixels, "height", HEIGHT, "deviceScaleFactor", 1, "mobile", false));
    }

    void prefersDark(boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    void zone(String zone) {
        driver.executeCdpCommand("Emulation.setTimezoneOverride", Map.of("timezoneId", zone));
    }

    void run(String script) {
        driver.executeScript(script);
    }

    long number(String script) {
        return ((Number) Objects.requireNonNull(driver.executeScript(script), script)).longValue();
    }

    List<?> list(String script) {
        return (List<?>) Objects.requireNonNull(driver.executeScript(script), script);
    }

    boolean is(String condition) {
        try {
            return Boolean.TRUE.equals(driver.executeScript("return Boolean(" + condition + ")"));
        } catch (JavascriptException notYet) {
            return false; // the document is between two pages
        }
    }

    /** What a person can read on the page. */
    String text() {
        return String.valueOf(driver.executeScript("return document.body.innerText"));
    }

    String address() {
        return String.valueOf(driver.getCurrentUrl());
    }

    String title() {
        return String.valueOf(driver.getTitle());
    }

    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    /** An attribute of the first element that fits. */
    String attribute(String selector, String name) {
        return Objects.requireNonNull(find(selector).getAttribute(name), selector + ' ' + name);
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** Presses keys one after the other, wherever the focus is. */
    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    void tab() {
        press(Keys.TAB);
    }

    void awaitText(String part) throws ExecutionException, InterruptedException {
        await("the page says: " + part, () -> text().contains(part));
    }

    void awaitNoText(String part) throws ExecutionException, InterruptedException {
        await("the page does not say any more: " + part, () -> !text().contains(part));
    }

    void await(String what, Await.Condition condition) throws ExecutionException, InterruptedException {
        try {
            Await.until(what, () -> {
                try {
                    return condition.holds();
                } catch (StaleElementReferenceException drawnAgain) {
                    return false;
                }
            });
        } catch (AssertionError late) {
            throw new AssertionError(late.getMessage() + "; the page says:\n" + text(), late);
        }
    }

    /** Keeps a picture of the whole page. */
    void keep(String name) throws IOException {
        Map<String, Object> picture = driver.executeCdpCommand(
                "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
        Files.createDirectories(SCREENSHOTS);
        Files.write(
                SCREENSHOTS.resolve(name + ".png"), Base64.getDecoder().decode(String.valueOf(picture.get("data"))));
    }

    /** Errors and warnings of the console since the browser began, violations of the policy among them. */
    List<String> complaints() {
        for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
            if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
                complaints.add(entry.getMessage());
            }
        }
        return List.copyOf(complaints);
    }

    /** Addresses of all requests since the browser began, without those of its own first page. */
    List<String> requests() throws IOException {
        for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
            JsonNode message = JSON.readTree(entry.getMessage()).path("message");
            JsonNode parameters = message.path("params");
            boolean isOfPage = !parameters.path("documentURL").asText().startsWith("chrome:");
            if (message.path("method").asText().equals("Network.requestWillBeSent") && isOfPage) {
                requests.add(parameters.path("request").path("url").asText());
            }
        }
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
