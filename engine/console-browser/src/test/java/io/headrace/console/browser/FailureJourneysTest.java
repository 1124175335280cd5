package io.headrace.console.browser;

import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.JobState;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody does about failures. */
class FailureJourneysTest extends InBrowser {

    @BeforeEach
    void nothingHasFailed() {
        desk.operator().discard(FailedJobs.ofKind(Desk.INVOICE.kind())).block(Desk.PATIENCE);
    }

    @Test
    void oneJobOfACauseIsProbedThenTheRestIsRetried() {
        List<JobId> ids = desk.failedInvoices(20).collectList().block(Desk.PATIENCE);
        browser.open("?page=failures").read(".cause", "SmtpException").read(".cause", "Mailer.refused:");
        browser.read(".cause .many", "20");
        desk.mails(true);
        browser.press(".cause", "Probe").read(".toast", "The newest job of this cause runs again");
        browser.press(".toast", "Watch it").read("h1", "completed");
        browser.open("?page=failures").read(".cause .many", "19").press(".cause", "Retry all…");
        browser.read("dialog", "19 jobs get fresh attempts").read("dialog td", "send-invoice");
        browser.press("dialog", "Retry them").read(".toast", "Retry of 19 jobs has begun");
        browser.press(".toast", "Watch it").read(".operations .state", "done").read(".operations", "19 done");
        ids.forEach(id -> desk.await(id, JobState.COMPLETED).block(Desk.PATIENCE));
        browser.open("?page=failures").read(".empty", "No failed job. Nothing to do.");
    }

    @Test
    void aCauseShowsItsLatestTraceAndLeadsToItsJobs() {
        desk.failedInvoices(2).blockLast(Desk.PATIENCE);
        browser.open("?page=failures").press(".cause", "SmtpException").read("h1", "SmtpException");
        browser.read(".trace", "at shop.billing.Mailer.refused(Mailer.java:").read(".facts", "billing");
        browser.click(".facts a").read("h1", "Failed jobs");
        browser.until("to see both jobs", () -> browser.all("tbody tr").size() == 2);
        browser.press(".heading", "Discard all…").read("dialog", "are given up").press("dialog", "Discard them");
        browser.read(".toast", "has begun").press(".toast", "Watch it").read(".operations .state", "done");
    }
}
