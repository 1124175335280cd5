package io.headrace.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobClient;
import io.headrace.JobId;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.PayloadTransform;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** What somebody does with jobs. */
class JobJourneysTest extends InBrowser {

    @Test
    void aFailedJobIsFoundReadAndRetriedByKeyboardAlone() {
        JobId id = desk.failedInvoices(1).blockFirst(Desk.PATIENCE);
        desk.mails(true);
        browser.open("").type("/").type("state:fail").enter();
        browser.read("h1", "Failed jobs").see("tr[data-key='" + id + "']");
        browser.type("j").type("k").enter();
        browser.read("h1", "send-invoice")
                .read(".why", "What became of it?")
                .read(".error", "421 too many connections");
        assertThat(browser.text(".trace"))
                .contains("at shop.billing.Mailer.refused(Mailer.java:")
                .contains("frames of libraries");
        browser.type("r").read(".toast", id + " is waiting again");
        desk.await(id, JobState.COMPLETED).block(Desk.PATIENCE);
        browser.read("h1", "completed");
    }

    @Test
    void filtersAreChipsAndInTheAddress() {
        desk.client().enqueue(Desk.WEBHOOK.job("one").uniqueKey("order-7")).block(Desk.PATIENCE);
        browser.open("?page=jobs").type("/").type("queue:webhooks").enter().read(".chip", "webhooks");
        browser.type("/").type("kind:call-webhook").enter().read("h1", "Jobs");
        assertThat(browser.address()).isEqualTo("?page=jobs&queue=webhooks&kind=call-webhook");
        browser.read("tbody", "call-webhook");
        browser.driver().navigate().back();
        browser.until("to have one chip", () -> browser.all(".chip").size() == 1);
        browser.open("?page=jobs&key=order-7").read("tbody", "call-webhook");
        browser.type("/")
                .type(Keys.BACK_SPACE)
                .until("to have no chip", () -> browser.all(".chip").isEmpty());
        assertThat(browser.address()).isEqualTo("?page=jobs");
    }

    @Test
    void anIdInTheFilterOpensTheJob() {
        JobId id = waiting();
        browser.type("/").type(id.toString().toLowerCase(java.util.Locale.ROOT)).enter();
        browser.read("h1", id.toString()).read(".why", "Why is it not running?");
    }

    @Test
    void aJobThatNobodyTakesSaysWhy() {
        JobId id = desk.client()
                .enqueue(Desk.WEBHOOK.job("one"))
                .map(one -> one.id())
                .block(Desk.PATIENCE);
        browser.open("?page=job&id=" + id).read(".why", "No running engine works on the queue 'webhooks'.");
        browser.read(".why", "What ends it:");
    }

    @Test
    void aScheduledJobIsRunNow() {
        JobId id = waiting();
        browser.open("?page=job&id=" + id).read("h1", "scheduled").press(".heading", "Run now");
        browser.read(".toast", id + " is due now");
        desk.await(id, JobState.COMPLETED).block(Desk.PATIENCE);
        browser.read("h1", "completed").read(".card", "No attempt failed");
    }

    @Test
    void aWaitingJobIsCancelledAfterAQuestion() {
        JobId id = waiting();
        browser.open("?page=job&id=" + id).read("h1", "scheduled").type("c").read("dialog", "Cancel this job?");
        browser.press("dialog", "Cancel the job").read(".toast", "is cancelled").read("h1", "cancelled");
        assertThat(desk.client().find(id).map(JobSnapshot::state).block(Desk.PATIENCE))
                .isEqualTo(JobState.CANCELLED);
    }

    @Test
    void aFailedJobIsDiscarded() {
        JobId id = desk.failedInvoices(1).blockFirst(Desk.PATIENCE);
        browser.open("?page=job&id=" + id).press(".heading", "Discard…").press("dialog", "Discard the job");
        browser.read(".toast", id + " is discarded").read("h1", "discarded");
        assertThat(desk.client().find(id).map(JobSnapshot::state).block(Desk.PATIENCE))
                .isEqualTo(JobState.DISCARDED);
    }

    @Test
    void selectedJobsAreRetriedTogether() {
        List<JobId> ids = desk.failedInvoices(3).collectList().block(Desk.PATIENCE);
        desk.mails(true);
        browser.open("?page=jobs&state=FAILED");
        ids.forEach(id -> browser.click("tr[data-key='" + id + "'] input"));
        browser.read(".selection", "3 jobs selected").type("r").read("dialog", "3 jobs");
        browser.press("dialog", "Retry them").read(".toast", "Retry of 3 jobs has begun");
        ids.forEach(id -> desk.await(id, JobState.COMPLETED).block(Desk.PATIENCE));
    }

    @Test
    void aCopyOfAJobIsEnqueuedWithAnotherPayload() {
        JobId id = waiting();
        browser.open("?page=job&id=" + id).press(".heading", "Enqueue a copy…");
        browser.read("dialog", "is enqueued to billing, due at once")
                .all("dialog textarea")
                .get(0)
                .sendKeys(Keys.chord(Keys.CONTROL, "a"), "\"sooner\"");
        browser.press("dialog", "Enqueue it");
        browser.read(".toast", "The copy is enqueued")
                .press(".toast", "Open it")
                .read("h1", "completed");
        browser.read(".json", "sooner").readNo("h1", id.toString());
    }

    /** Turns all bits around. */
    private static final class Inverse implements PayloadTransform {
        @Override
        public String name() {
            return "inverse";
        }

        @Override
        public byte[] encode(byte[] payload, Context context) {
            byte[] inverse = payload.clone();
            for (int i = 0; i < inverse.length; i++) {
                inverse[i] ^= (byte) 0xff;
            }
            return inverse;
        }

        @Override
        public byte[] decode(byte[] stored, Context context) {
            return encode(stored, context);
        }
    }

    @Test
    void aTransformedPayloadIsNamedAndNotCopied() {
        JobId id = JobClient.builder(desk.schema().store())
                .transform(new Inverse())
                .build()
                .enqueue(Desk.INVOICE.job("secret").delay(Duration.ofDays(1)))
                .map(one -> one.id())
                .block(Desk.PATIENCE);
        browser.open("?page=job&id=" + id)
                .read(".card", "It is stored transformed by inverse")
                .read(".heading", "Cancel…");
        assertThat(browser.text("main")).contains("not shown").doesNotContain("Download");
        assertThat(browser.buttons(".heading")).doesNotContain("Enqueue a copy…");
    }

    @Test
    void aJobThatDoesNotExistIsExplained() {
        browser.open("?page=job&id=0700QB28G0Q00").read("h1", "No such job").read("main", "never enqueued");
        browser.record().clear();
    }

    private JobId waiting() {
        return desk.client()
                .enqueue(Desk.INVOICE.job("later").delay(Duration.ofHours(3)))
                .map(one -> one.id())
                .doFirst(() -> desk.mails(true))
                .block(Desk.PATIENCE);
    }
}
