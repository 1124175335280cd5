package io.headrace.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Pages with a million jobs that wait, a million that have completed, and 50,000 that failed behind them. */
class MillionsTest extends InBrowser {

    /** When what was read stands on the page: milliseconds after the address was opened. */
    private static final String FIRST_DATA =
            "const done = arguments[arguments.length - 1]; const from = performance.now();"
                    + "history.pushState(null, '', arguments[0]); dispatchEvent(new PopStateEvent('popstate'));"
                    + "const look = () => document.querySelector('main .skeleton') || !document.querySelector(arguments[1])"
                    + " ? requestAnimationFrame(look) : done(performance.now() - from); requestAnimationFrame(look);";

    private final Map<String, String> pages = new LinkedHashMap<>();

    @Override
    void prepare() {
        new Past(desk.schema()).millions();
        JobId waiting = desk.client()
                .enqueue(Desk.WEBHOOK.job("one"))
                .map(one -> one.id())
                .block(Desk.PATIENCE);
        pages.put("?page=queues", "tbody td");
        pages.put("?page=jobs", "tbody td");
        pages.put("?page=jobs&state=PENDING", "tbody td");
        pages.put("?page=jobs&state=PENDING&queue=thumbnails", "tbody td");
        pages.put("?page=jobs&state=COMPLETED", "tbody td");
        pages.put("?page=jobs&state=FAILED", "tbody td");
        pages.put("?page=jobs&state=FAILED&kind=send-invoice", "tbody td");
        pages.put("?page=jobs&key=nobody", ".list .empty, .list .more");
        pages.put("?page=job&id=" + waiting, ".track");
        pages.put("?page=failures", ".cause");
        pages.put("?page=schedules", "tbody td");
        pages.put("?page=engines", "tbody td");
        pages.put("?page=database", ".facts");
        pages.put("?page=log", ".empty, tbody td");
        pages.put("./", "rate-chart canvas");
    }

    @Test
    void everyPageShowsItsDataAtOnce() {
        browser.open("?page=log").read(".live", "live");
        // What the first requests need has been prepared once.
        pages.forEach(this::open);
        pages.forEach(
                (address, css) -> System.out.printf("%5.0f ms until %s shows its data%n", open(address, css), address));
        browser.open("?page=queues").read("tbody", "thumbnails").read("tr[data-key='queue thumbnails']", "≈ 1,0");
        browser.open("?page=failures")
                .until("to see forty causes", () -> browser.all(".cause").size() == 40);
        assertThat(browser.text(".lead")).contains("40 causes");
        browser.open("?page=jobs&state=PENDING")
                .until("to see a page of jobs", () -> browser.all("tbody tr").size() == 50);
        browser.type("m")
                .until("to see another page", () -> browser.all("tbody tr").size() == 100);
    }

    private double open(String address, String css) {
        return ((Number) browser.driver().executeAsyncScript(FIRST_DATA, address, css)).doubleValue();
    }
}
