package io.headrace.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every page: accessible in both themes, within a phone's screen, light on the network. Takes the pictures of the documentation. */
class PagesTest extends InBrowser {

    private static final long MOST_BYTES = 150 * 1_024;

    /** Addresses by the name of the picture. */
    private final Map<String, String> pages = new LinkedHashMap<>();

    private Scene scene;

    @Override
    Desk furnish() {
        OwnSchema schema = new OwnSchema();
        new Past(schema).hour();
        return Desk.on(schema);
    }

    @Override
    void prepare() {
        scene = Scene.set(desk);
        pages.put("overview", "");
        pages.put("queues", "?page=queues");
        pages.put("jobs", "?page=jobs&state=FAILED");
        pages.put("job", "?page=job&id=" + scene.retrying());
        pages.put("failures", "?page=failures");
        pages.put("schedules", "?page=schedules");
        pages.put("schedule", "?page=schedule&name=nightly-report");
        pages.put("signals", "?page=signals");
        pages.put("engines", "?page=engines");
        pages.put("database", "?page=database");
        pages.put("audit", "?page=audit");
        pages.put("operations", "?page=operations");
        pages.put("log", "?page=log");
    }

    @Override
    void close() {
        scene.close();
        super.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void everyPageIsAccessible(String theme) {
        browser.prefer(theme).open("?page=audit").press(".heading", "Check now");
        browser.read(".lead", "Every job is in exactly one place");
        pages.forEach((name, address) -> {
            browser.open(address).miss(".skeleton").read(".live", "live");
            assertThat(Axe.violations(browser.driver()))
                    .as("%s, %s", name, theme)
                    .isEmpty();
            browser.fits();
            if (name.equals("overview")) {
                browser.until("to have lines of the last seconds", this::hasLines);
            }
            Pictures.take(browser, name + "-" + theme);
        });
    }

    @Test
    void dialogsAreAccessible() {
        for (String theme : List.of("light", "dark")) {
            browser.prefer(theme).open("?page=queues").type("?").read("dialog", "Keyboard shortcuts");
            assertThat(Axe.violations(browser.driver())).isEmpty();
            browser.press("dialog", "Close")
                    .press("tr[data-key='queue billing']", "Pause…")
                    .see("dialog[open]");
            assertThat(Axe.violations(browser.driver())).isEmpty();
        }
    }

    @Test
    void everyPageFitsAPhone() {
        browser.phone();
        pages.forEach((name, address) -> {
            browser.open(address).miss(".skeleton");
            browser.fits();
            assertThat(Axe.violations(browser.driver())).as(name).isEmpty();
        });
        browser.open("");
        Pictures.take(browser, "phone");
    }

    @Test
    void theConsoleIsLight() {
        browser.cdp("Network.clearBrowserCache", Map.of());
        browser.record().clear();
        browser.open("").see("rate-chart canvas");
        pages.values().forEach(address -> {
            browser.run(
                    "history.pushState(null, '', arguments[0] || './'); dispatchEvent(new PopStateEvent('popstate'))",
                    address);
            browser.miss(".skeleton");
        });
        long files = browser.record().weights().entrySet().stream()
                .filter(entry -> !entry.getKey().contains("/api/v1/"))
                .mapToLong(Map.Entry::getValue)
                .sum();
        System.out.println("The console weighs " + files + " bytes on the network");
        assertThat(files).isPositive().isLessThan(MOST_BYTES);
    }

    @Test
    void nothingIsWrittenIntoPagesThatThePolicyForbids() {
        // That the policy is in force: what it forbids is reported.
        browser.open("")
                .run(
                        "const style = document.createElement('style'); style.textContent = 'body { color: red }'; document.head.append(style)");
        assertThat(browser.record().complaints()).anyMatch(complaint -> complaint.contains("Content Security Policy"));
        browser.record().clear();
    }

    private boolean hasLines() {
        return ((Number) browser.driver()
                                .executeAsyncScript("const done = arguments[0];"
                                        + " import('./parts/history.js').then(it => done(it.history('due').length))"))
                        .intValue()
                >= 4;
    }
}
