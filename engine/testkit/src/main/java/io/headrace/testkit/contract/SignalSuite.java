package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobId;
import io.headrace.signal.AwaitedSignal;
import io.headrace.signal.SignalAnswer;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.NewSignal;
import io.headrace.spi.Settlement;
import io.headrace.spi.SignalQuestion;
import io.headrace.spi.SignalReading;
import io.headrace.spi.SignalReading.State;
import io.headrace.spi.SignalStore.AwaitedPlace;
import io.headrace.spi.SignalStore.AwaitedSlice;
import io.headrace.spi.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the suites of signals have in common. */
abstract class SignalSuite extends ContractSuite {

    static final Duration HOUR = Duration.ofHours(1);
    static final Duration DAY = Duration.ofDays(1);
    static final SignalAnswer KEPT = new SignalAnswer(true, 0);
    static final SignalAnswer KNOWN = new SignalAnswer(false, 0);
    static final String KEY = "payment-77";

    static Settlement awaiting(ClaimedJob job, String key, Duration timeout) {
        return new Settlement(job.lease(), job.id(), job.uniqueKey() != null, new Verdict.Awaiting(key, timeout));
    }

    static SignalAnswer woke(long jobs) {
        return new SignalAnswer(true, jobs);
    }

    SignalAnswer signal(String key) {
        return signal(key, null);
    }

    SignalAnswer signal(String key, @Nullable String value) {
        return await(store().signals().signal(new NewSignal(key, value, null)));
    }

    SignalReading read(JobId job, String key) {
        return await(store().signals().read(List.of(new SignalQuestion(job.value(), key))))
                .get(0);
    }

    State state(JobId job, String key) {
        return read(job, key).state();
    }

    /** A job that waits for an hour. */
    JobId waiting(long worker, String key) {
        return waiting(worker, key, HOUR);
    }

    JobId waiting(long worker, String key, Duration timeout) {
        JobId id = enqueue(job());
        ClaimedJob claimed = claimOne(worker);
        assertThat(claimed.id()).isEqualTo(id.value());
        settle(worker, awaiting(claimed, key, timeout));
        return id;
    }

    /** Everybody who waits, page by page. */
    List<AwaitedSignal> awaited(@Nullable String key, int pageOf) {
        List<AwaitedSignal> all = new ArrayList<>();
        AwaitedPlace after = null;
        do {
            AwaitedSlice slice = await(store().signals().awaiting(key, after, pageOf));
            assertThat(slice.waits()).hasSizeLessThanOrEqualTo(pageOf);
            all.addAll(slice.waits());
            after = slice.next();
        } while (after != null);
        return all;
    }

    List<JobId> jobsAwaiting(String key) {
        return awaited(key, 100).stream().map(AwaitedSignal::job).toList();
    }
}
