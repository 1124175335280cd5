package io.headrace.engine.settle;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.guard.LoopGuard;
import io.headrace.engine.lease.LeaseBook;
import io.headrace.engine.lease.LeaseHolder;
import io.headrace.engine.lease.LeasedJob;
import io.headrace.observe.AttemptEnd;
import io.headrace.observe.JobObserver;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.LeaseStore;
import io.headrace.spi.Settlement;
import io.headrace.spi.Suspicion;
import io.headrace.spi.Verdict;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

class JobSettlerTest {

    private final List<String> events = new ArrayList<>();
    private final Sinks.One<List<Settlement>> firstFlush = Sinks.one();
    private final LeaseBook book = new LeaseBook();
    private final List<Integer> unsettled = new ArrayList<>();
    private int flushes;

    private final class Holder implements LeaseHolder {

        private final String queue;

        Holder(String queue) {
            this.queue = queue;
        }

        @Override
        public String queue() {
            return queue;
        }

        @Override
        public Runnable settled(List<LeasedJob> jobs) {
            events.add("counted");
            return () -> events.add("leases more");
        }

        @Override
        public void dueIn(Duration delay) {}
    }

    private LeasedJob job(long id, LeaseHolder holder) {
        ClaimedJob job = new ClaimedJob(1, id, "grind", 4, 1, "\"rye\"", null, null, null, 0);
        return new LeasedJob(job, book.hold(1), holder, 0, Suspicion.NONE);
    }

    private LeaseStore store() {
        return (LeaseStore) Proxy.newProxyInstance(
                LeaseStore.class.getClassLoader(), new Class<?>[] {LeaseStore.class}, (proxy, method, arguments) -> {
                    ((List<?>) arguments[1]).forEach(each -> unsettled.add(((Settlement) each).unsettled()));
                    return flushes++ == 0 ? firstFlush.asMono() : Mono.just(List.of());
                });
    }

    private JobSettler settler(JobObserver observer) {
        return new JobSettler(
                store(),
                book,
                () -> 7,
                observer,
                new AttemptLog(Schedulers.immediate()),
                EndListener.NONE,
                Schedulers.immediate(),
                new LoopGuard(problem -> {}));
    }

    @Test
    void eachSettlementSaysHowManyJobsOfItsLeaseAreUnsettled() {
        Holder mill = new Holder("mill");
        List<LeasedJob> jobs = List.of(job(1, mill), job(2, mill), job(3, mill));
        JobSettler settler = settler(JobObserver.NONE);
        jobs.forEach(job -> settler.settle(job, Verdict.Completed.INSTANCE));

        firstFlush.tryEmitValue(List.of()).orThrow();

        assertThat(unsettled).containsExactly(3, 2, 2);
    }

    @Test
    void allJobsOfAFlushAreCountedOutBeforeObserversHearOfItAndMoreIsLeased() {
        JobObserver observer = new JobObserver() {
            @Override
            public void settled(String queue, String kind, AttemptEnd end) {
                events.add("observed");
            }
        };
        JobSettler settler = settler(observer);
        Holder mill = new Holder("mill");
        settler.settle(job(1, mill), Verdict.Completed.INSTANCE);
        settler.settle(job(2, mill), Verdict.Completed.INSTANCE);
        settler.settle(job(3, new Holder("weir")), Verdict.Completed.INSTANCE);

        firstFlush.tryEmitValue(List.of()).orThrow();

        assertThat(events)
                .containsExactly(
                        "counted",
                        "observed",
                        "leases more",
                        "counted",
                        "counted",
                        "observed",
                        "observed",
                        "leases more",
                        "leases more");
    }
}
