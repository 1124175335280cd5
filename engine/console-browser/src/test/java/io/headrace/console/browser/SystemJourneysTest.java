package io.headrace.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What somebody looks up about engines, the database, the audit and the log. */
class SystemJourneysTest extends InBrowser {

    @Test
    void enginesShowTheirVersionAndHeartbeat() {
        browser.open("?page=engines")
                .read("tbody", "web-1")
                .read("tbody", "1.42.0")
                .read("tbody", "live")
                .read("tbody", "send-invoice");
    }

    @Test
    void theAuditSaysThatEveryJobIsInOnePlace() {
        browser.open("?page=audit").press(".heading", "Check now").read(".lead", "Every job is in exactly one place");
        browser.open("").read(".lead", "Every job is in exactly one place, checked");
    }

    @Test
    void theDatabaseShowsReadingsAndWhatToDo() {
        desk.operator().pause("mail").block(Desk.PATIENCE);
        browser.open("?page=database").read(".facts", "PostgreSQL");
        desk.operator().resume("mail").block(Desk.PATIENCE);
    }

    @Test
    void aDecisionIsInTheLogWithWhoMadeIt() {
        browser.open("?page=queues")
                .press("tr[data-key='queue reports']", "Pause…")
                .press("dialog", "Pause the queue");
        browser.read(".toast", "paused")
                .press("tr[data-key='queue reports']", "Resume")
                .read(".toast", "resumed");
        browser.open("?page=log").read("tbody tr:nth-child(1)", "resume queue").read("tbody tr:nth-child(2)", "ada");
        browser.read("tbody tr:nth-child(2)", "reports");
    }

    @Test
    void theThemeIsChosenAndKept() {
        browser.prefer("dark").open("").type("t");
        assertThat(browser.run("return document.documentElement.dataset.theme")).isEqualTo("light");
        browser.open("?page=queues");
        assertThat(browser.run("return document.documentElement.dataset.theme")).isEqualTo("light");
    }

    @Test
    void timesAreInTheZoneOfTheViewerWithUtcOnHover() {
        browser.open("?page=engines").read("tbody", "web-1");
        assertThat(browser.run("return document.querySelector('tbody time').title"))
                .asString()
                .contains("UTC");
        assertThat(browser.texts(".top button")).anyMatch(text -> text.startsWith("UTC+"));
        browser.press(".top", (String)
                browser.run("return document.querySelector('.top button:nth-of-type(2)').textContent"));
        browser.read(".top", "UTC")
                .until("to show UTC", () -> browser.texts(".top button").contains("UTC"));
    }

    @Test
    void theSheetShowsTheKeysAndSwitchesThemOff() {
        browser.type("?")
                .read("dialog", "Keyboard shortcuts")
                .click("dialog input")
                .press("dialog", "Close")
                .miss("dialog");
        browser.type("g").type("q").read("h1", "Overview");
        browser.type("?")
                .click("dialog input")
                .press("dialog", "Close")
                .miss("dialog")
                .type("g")
                .type("q")
                .read("h1", "Queues");
    }

    @Test
    void aPausedViewAsksNothing() {
        browser.read(".live", "live").type(".").read(".live", "paused");
        browser.until("to ask nothing for five seconds", () -> desk.wiretap().secondsOfSilence() >= 5);
        browser.type(".").read(".live", "live");
    }

    @Test
    void aServerThatDoesNotAnswerIsAnnounced() {
        browser.open("?page=jobs");
        browser.cdp("Network.enable", Map.of());
        browser.cdp(
                "Network.emulateNetworkConditions",
                Map.of("offline", true, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
        browser.press("main", "Reload").read(".banner", "The server does not answer");
        browser.cdp(
                "Network.emulateNetworkConditions",
                Map.of("offline", false, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
        browser.press("main", "Reload").miss(".banner");
        browser.record().clear();
    }
}
