package io.headrace.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.FluentWait;

/** A browser as somebody uses it who sees and types. Waits for what it is told to see. Not thread-safe. */
final class Browser {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The time zone of the person who sits there. */
    static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    private static final Duration LOOK = Duration.ofMillis(25);

    private final ChromeDriver driver;
    private final Recorded record;
    private final URI base;

    Browser(ChromeDriver driver, URI base) {
        this.driver = driver;
        this.base = base;
        record = new Recorded(driver);
        cdp("Emulation.setTimezoneOverride", Map.of("timezoneId", ZONE.getId()));
        desktop();
    }

    ChromeDriver driver() {
        return driver;
    }

    /** What the browser has recorded: requests, violations of the policy, errors. */
    Recorded record() {
        return record;
    }

    /** Opens an address below the console, such as {@code ?page=jobs}, as a new document. */
    Browser open(String address) {
        String url = base.resolve(address).toString();
        try {
            driver.get(url);
        } catch (TimeoutException e) {
            // Now and then the driver does not notice that a page has loaded with all it asked for.
            driver.get(url);
        }
        return see("main h1");
    }

    Browser desktop() {
        return size(1366, 768, false);
    }

    Browser phone() {
        return size(375, 812, true);
    }

    private Browser size(int width, int height, boolean isMobile) {
        cdp(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", isMobile));
        return this;
    }

    /** What the system prefers: {@code light} or {@code dark}. */
    Browser prefer(String theme) {
        cdp(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", theme))));
        return this;
    }

    /** Waits until there is such an element. */
    Browser see(String css) {
        return until("to see " + css, () -> !all(css).isEmpty());
    }

    /** Waits until there is no such element. */
    Browser miss(String css) {
        return until("to see no " + css, () -> all(css).isEmpty());
    }

    /** Waits until an element holds a text. */
    Browser read(String css, String text) {
        return until(
                "to read '" + text + "' in " + css, () -> texts(css).stream().anyMatch(each -> each.contains(text)));
    }

    /** Waits until no element holds a text. */
    Browser readNo(String css, String text) {
        return until(
                "not to read '" + text + "' in " + css,
                () -> texts(css).stream().noneMatch(each -> each.contains(text)));
    }

    Browser until(String what, Supplier<Boolean> condition) {
        new FluentWait<>(driver)
                .withTimeout(PATIENCE)
                .pollingEvery(LOOK)
                .ignoring(StaleElementReferenceException.class)
                .ignoring(NoSuchElementException.class)
                .withMessage(() -> what + "; the page says: " + texts(".toast, dialog, main"))
                .until(any -> condition.get());
        return this;
    }

    /** Clicks the element once it is there. */
    Browser click(String css) {
        return until("to click " + css, () -> {
            driver.findElement(By.cssSelector(css)).click();
            return true;
        });
    }

    /** Clicks the button or link that says this. */
    Browser press(String within, String label) {
        return until("to press " + label, () -> {
            WebElement button = button(within, label);
            if (button == null) {
                return false;
            }
            button.click();
            return true;
        });
    }

    private WebElement button(String within, String label) {
        return all(within + " button, " + within + " a").stream()
                .filter(each -> each.getText().strip().equals(label))
                .findFirst()
                .orElse(null);
    }

    /** Picks a time in a field of a form. How it is typed depends on the language of the browser. */
    Browser choose(String css, LocalDateTime time) {
        see(css);
        run(
                "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('change', { bubbles: true }))",
                driver.findElement(By.cssSelector(css)),
                DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time));
        return this;
    }

    /** The labels of all buttons within an element. */
    List<String> buttons(String within) {
        return all(within + " button").stream()
                .map(each -> each.getText().strip())
                .toList();
    }

    /** Types keys to whatever has the focus. */
    Browser type(CharSequence... keys) {
        for (CharSequence key : keys) {
            new Actions(driver).sendKeys(key).perform();
        }
        return this;
    }

    Browser enter() {
        return type(Keys.ENTER);
    }

    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    List<String> texts(String css) {
        return all(css).stream().map(WebElement::getText).toList();
    }

    String text(String css) {
        return driver.findElement(By.cssSelector(css)).getText();
    }

    /** What a script returns. */
    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** The address below the console. */
    String address() {
        return base.relativize(URI.create(driver.getCurrentUrl())).toString();
    }

    /** Asserts that nothing sticks out of the screen sideways. */
    void fits() {
        Number beyond =
                (Number) run("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(beyond.intValue())
                .as("pixels beyond the right edge of %s", address())
                .isLessThanOrEqualTo(0);
    }

    void cdp(String command, Map<String, Object> parameters) {
        driver.executeCdpCommand(command, parameters);
    }
}
