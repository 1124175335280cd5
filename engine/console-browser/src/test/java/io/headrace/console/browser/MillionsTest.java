package io.headrace.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobId;
import io.headrace.bulk.BulkOperation;
import io.headrace.bulk.BulkState;
import java.util.LinkedHashMap;
import java.util.Locale;
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

    private static final int FAILED = 50_000;
    /** How many jobs are retried at least while no page is open. */
    private static final int UNSEEN = 2_000;

    private static final String ROW = ".operations .chosen";

    private final Map<String, String> pages = new LinkedHashMap<>();

    @Override
    void prepare() {
        // So that what is retried stays where it can be counted.
        desk.operator().pause("billing").block(Desk.PATIENCE);
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

    @Test
    void aRetryOfAllGoesOnWithoutThePageAndIsStopped() {
        browser.open("?page=jobs&state=FAILED&kind=send-invoice").press(".heading", "Retry all…");
        browser.read("dialog", "1,500+ jobs")
                .read("dialog td", "billing")
                .read("dialog", "the operation takes all")
                .press("dialog", "Retry them");
        browser.read(".toast", "has begun").press(".toast", "Watch it").read(ROW + " .state", "running");
        String id = browser.all(ROW).get(0).getDomAttribute("data-key");
        long before = shown();
        browser.see(ROW + " progress").until("to see the count grow", () -> shown() > before);

        browser.driver().get("about:blank");
        long unseen = operation(id).done() + UNSEEN;
        desk.operator()
                .bulk()
                .watch(id)
                .filter(now -> now.done() >= unseen)
                .next()
                .block(Desk.PATIENCE);
        browser.open("?page=operations&id=" + id)
                .until("to see what was done meanwhile", () -> shown() >= unseen)
                .press(ROW, "Stop");
        browser.read(".toast", "stops after the chunk in flight").read(ROW + " .state", "stopped");

        BulkOperation end = operation(id);
        assertThat(end.state()).isEqualTo(BulkState.STOPPED);
        assertThat(end.startedBy()).isEqualTo("ada");
        assertThat(end.done()).isBetween(unseen, FAILED - 1L);
        assertThat(browser.text(ROW + " .progress"))
                .isEqualTo(String.format(Locale.ROOT, "%,d done · 0 raced · 0 pruned", end.done()));
        assertThat(desk.schema().number("SELECT sum(size) FROM ${schema}.pending WHERE queue = 'billing'"))
                .isEqualTo(end.done());
        assertThat(desk.schema().number("SELECT count(*) FROM ${schema}.tombstone WHERE state = 'FAILED'"))
                .isEqualTo(FAILED - end.done());
    }

    /** How many jobs are done, as the page says. */
    private long shown() {
        return Long.parseLong(browser.text(ROW + " .progress b").replace(",", ""));
    }

    private BulkOperation operation(String id) {
        return desk.operator().bulk().find(id).block(Desk.PATIENCE);
    }

    private double open(String address, String css) {
        return ((Number) browser.driver().executeAsyncScript(FIRST_DATA, address, css)).doubleValue();
    }
}
