package io.headrace.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WindowType;

/** What many tabs cost. */
class TabsTest extends InBrowser {

    private static final int TABS = 50;
    private static final int EVENTS = 3;
    /** The interval of the live view is two seconds, and a console may cost two statements a second. */
    private static final int MOST_PER_EVENT = 4;

    private String first;

    @BeforeEach
    void isInTheFirstTab() {
        first = browser.driver().getWindowHandle();
    }

    /** Also after a failure: the tests that follow would find their page hidden. */
    @AfterEach
    void closeTheOtherTabs() {
        for (String each : List.copyOf(browser.driver().getWindowHandles())) {
            if (!each.equals(first)) {
                browser.driver().switchTo().window(each).close();
            }
        }
        browser.driver().switchTo().window(first);
    }

    @Test
    void fiftyTabsCostAsMuchAsOneAndNothingWhenHidden() {
        browser.open("").read(".live", "live");
        long ofOne = statementsOfSomeEvents();
        for (int tab = 1; tab < TABS; tab++) {
            // In the same window, so that a tab hides the one before.
            browser.driver().switchTo().newWindow(WindowType.TAB);
            browser.open(Pages.ALL.get(tab % Pages.ALL.size()));
        }
        browser.read(".live", "live");
        long ofMany = statementsOfSomeEvents();
        System.out.printf(
                "%d statements in %d live events with one tab, %d with %d tabs%n", ofOne, EVENTS, ofMany, TABS);
        assertThat(ofMany).isLessThanOrEqualTo((long) MOST_PER_EVENT * EVENTS);

        browser.driver().switchTo().newWindow(WindowType.TAB);
        browser.driver().get("about:blank");
        browser.until("to ask nothing for five seconds", () -> desk.wiretap().secondsOfSilence() >= 5);

        closeTheOtherTabs();
        browser.read(".live", "live");
        nextEvent();
    }

    private long statementsOfSomeEvents() {
        nextEvent();
        long before = desk.wiretap().statements();
        for (int event = 0; event < EVENTS; event++) {
            nextEvent();
        }
        return desk.wiretap().statements() - before;
    }

    private void nextEvent() {
        Object before = lastEvent();
        browser.until(
                "to hear of another live view",
                () -> !String.valueOf(lastEvent()).equals(String.valueOf(before)));
    }

    private Object lastEvent() {
        return browser.driver()
                .executeAsyncScript(
                        "const done = arguments[0]; import('./app.js').then(it => done(it.app.live?.at ?? null))");
    }
}
