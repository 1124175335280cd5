package io.headrace.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.QueueSnapshot;
import org.junit.jupiter.api.Test;

/** What somebody does with queues. */
class QueueJourneysTest extends InBrowser {

    @Override
    void prepare() {
        desk.client().enqueue(Desk.WEBHOOK.job("one")).block(Desk.PATIENCE);
    }

    @Test
    void theOverviewShowsQueuesAndLeadsToTheirJobs() {
        browser.read(".tile .v", "1").read("td", "webhooks");
        browser.press("main", "webhooks").read("h1", "Waiting jobs");
        assertThat(browser.address()).isEqualTo("?page=jobs&queue=webhooks&state=PENDING");
        browser.read("tbody", "call-webhook");
    }

    @Test
    void aQueueIsPausedAfterAQuestionAndResumed() {
        browser.open("?page=queues").press("tr[data-key='queue mail']", "Pause…");
        browser.read("dialog", "No engine claims jobs from mail until it is resumed");
        browser.read("dialog", "Pause the queue").press("dialog", "Pause the queue");
        browser.read(".toast", "The queue mail is paused").read("tr[data-key='queue mail']", "paused");
        assertThat(isPaused("mail")).isTrue();
        browser.press("tr[data-key='queue mail']", "Resume").read(".toast", "The queue mail is resumed");
        browser.readNo("tr[data-key='queue mail']", "paused");
        assertThat(isPaused("mail")).isFalse();
    }

    @Test
    void aQuestionThatIsClosedChangesNothing() {
        browser.open("?page=queues")
                .press("tr[data-key='queue mail']", "Pause…")
                .see("dialog[open]");
        browser.type(org.openqa.selenium.Keys.ESCAPE).miss("dialog");
        assertThat(isPaused("mail")).isFalse();
    }

    @Test
    void theQuestionShowsHowToDoTheSameByHand() {
        browser.open("?page=queues")
                .press("tr[data-key='queue mail']", "Pause…")
                .see("dialog[open]");
        browser.click("dialog summary").read("dialog", "headrace queue pause mail");
        browser.read("dialog", "operator.pause(\"mail\")");
        browser.press("dialog", "Keep as it is").miss("dialog");
    }

    private boolean isPaused(String queue) {
        return Boolean.TRUE.equals(desk.operator()
                .queues()
                .filter(each -> each.queue().equals(queue))
                .next()
                .map(QueueSnapshot::paused)
                .block(Desk.PATIENCE));
    }
}
