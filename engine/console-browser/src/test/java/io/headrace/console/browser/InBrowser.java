package io.headrace.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.openqa.selenium.chrome.ChromeDriver;

/** What journeys have in common: a browser for all of them, a desk for those of a class, and a browser that does not complain. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class InBrowser {

    private static final ChromeDriver DRIVER = start();

    Desk desk;
    Browser browser;

    private static ChromeDriver start() {
        ChromeDriver driver = Chromium.start();
        Runtime.getRuntime().addShutdownHook(new Thread(driver::quit));
        return driver;
    }

    @BeforeAll
    void open() {
        desk = furnish();
        browser = new Browser(DRIVER, desk.uri());
        prepare();
    }

    /** The desk of the class: an empty one, unless it needs another. */
    Desk furnish() {
        return Desk.open();
    }

    /** What the tests of the class have behind them. */
    void prepare() {}

    @BeforeEach
    void begin() {
        browser.prefer("light").desktop();
        browser.open("");
        browser.run("localStorage.clear()");
        browser.record().clear();
    }

    @AfterEach
    void nothingWasComplainedAbout() {
        assertThat(browser.record().complaints()).isEmpty();
        String origin = desk.uri().resolve("/").toString();
        // Chromium draws its own icons from addresses that hold their content.
        assertThat(browser.record().urls()).allMatch(url -> url.startsWith(origin) || url.startsWith("data:"));
    }

    @AfterAll
    void close() {
        // A page that is open would ask a server that is gone.
        DRIVER.get("about:blank");
        desk.close();
    }
}
