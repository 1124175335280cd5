package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.Enqueued;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.NewJob;
import io.headrace.RetryPolicy;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.JobTransaction;
import io.headrace.spi.Settlement;
import io.headrace.spi.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What travels together is bounded by its length as well as by its number. */
class LongJobsTest {

    private static final int MIB = 1 << 20;
    private static final String LONG = "x".repeat(MIB - 2);
    private static final long MOST = 8L * MIB;

    private final AtomicInteger line = new AtomicInteger();

    @RegisterExtension
    final Mill mill = new Mill();

    private final List<Long> lengths = Collections.synchronizedList(new ArrayList<>());

    private static NewJob<String> job(int nr) {
        return GRIND.job(LONG);
    }

    private <T> Unreliable listening(String wanted, int argument, ToLongFunction<T> length) {
        Unreliable unreliable = new Unreliable(mill.store());
        unreliable.listen((verb, args) -> {
            if (verb.equals(wanted)) {
                lengths.add(total(args[argument], length));
            }
        });
        return unreliable;
    }

    @SuppressWarnings("unchecked") // lists of what the verb takes
    private static <T> long total(Object list, ToLongFunction<T> length) {
        return ((List<T>) list).stream().mapToLong(length).sum();
    }

    @Test
    void callsAreJoinedUpToALengthAndALongCallTravelsAlone() {
        Unreliable unreliable = listening("enqueue", 0, EncodedJob::length);
        JobClient client = JobClient.create(unreliable.proxy());
        unreliable.hold("enqueue");
        Flux.range(0, 20).flatMap(nr -> client.enqueue(job(nr)), 20).subscribe();
        client.enqueueAll(Collections.nCopies(10, job(0))).subscribe();
        client.enqueue(job(0)).subscribe();

        unreliable.letGo();
        mill.settleDown();

        assertThat(mill.store().jobs(JobState.PENDING)).hasSize(31);
        assertThat(lengths).contains(10L * MIB).hasSize(6);
        assertThat(lengths).filteredOn(length -> length > MOST).hasSize(1);
    }

    @Test
    void aStreamIsSlowedDownByTheLengthOfWhatWaits() {
        Unreliable unreliable = new Unreliable(mill.store());
        JobClient client = JobClient.create(unreliable.proxy());
        AtomicInteger made = new AtomicInteger();
        List<Enqueued> answers = new ArrayList<>();
        unreliable.hold("enqueue");

        client.enqueueAll(Flux.range(0, 90).map(LongJobsTest::job).doOnNext(job -> made.incrementAndGet()))
                .subscribe(answers::add);

        assertThat(made).hasValueLessThan(70);
        unreliable.letGo();
        mill.settleDown();
        assertThat(answers).hasSize(90);
    }

    @Test
    void aStreamIntoATransactionIsCutByLength() {
        JobTransaction transaction = (jobs, by) -> {
            lengths.add(total(jobs, EncodedJob::length));
            return Mono.just(
                    jobs.stream().map(job -> new Enqueued(new JobId(1), true)).toList());
        };

        List<Enqueued> answers = JobClient.create(mill.store())
                .in(transaction)
                .enqueueAll(Flux.range(0, 20).map(LongJobsTest::job))
                .collectList()
                .block();

        assertThat(answers).hasSize(20);
        assertThat(lengths).containsExactly(MOST, MOST, 4L * MIB);
    }

    @Test
    void failuresWithOneTraceAreRecordedTogether() {
        Unreliable unreliable = listening("settle", 1, LongJobsTest::length);
        unreliable.hold("settle");
        Throwable error = deepTrace();
        JobEngine engine = mill.start(
                unreliable.proxy(),
                e -> e.queue("default", q -> q.concurrency(2_000))
                        .subscribe(JobHandler.of(GRIND, job -> Mono.error(error))
                                .retry(RetryPolicy.defaults().maxAttempts(1))));
        mill.enqueue(engine, 2_000);
        mill.pass(ofSeconds(1));
        unreliable.letGo();
        mill.pass(ofMinutes(1));

        assertThat(mill.store().jobs(JobState.FAILED)).hasSize(2_000);
        assertThat(lengths).hasSizeLessThan(6);
    }

    @Test
    void failuresAreRecordedInStatementsOfBoundedLength() {
        Unreliable unreliable = listening("settle", 1, LongJobsTest::length);
        unreliable.hold("settle");
        JobEngine engine = mill.start(
                unreliable.proxy(),
                e -> e.queue("default", q -> q.concurrency(2_000))
                        .subscribe(JobHandler.of(GRIND, job -> Mono.error(deepTrace()))
                                .retry(RetryPolicy.defaults().maxAttempts(1))));
        mill.enqueue(engine, 2_000);
        mill.pass(ofSeconds(1));

        unreliable.letGo();
        mill.pass(ofMinutes(1));

        assertThat(mill.store().jobs(JobState.FAILED)).hasSize(2_000);
        assertThat(lengths.stream().mapToLong(length -> length).sum()).isGreaterThan(MOST);
        assertThat(lengths).allMatch(length -> length <= MOST / 2);
    }

    private static long length(Settlement settlement) {
        return settlement.verdict() instanceof Verdict.Failed failed
                ? failed.failure().trace().text().length()
                : 0;
    }

    /** A trace of its own each time: equal ones are sent once. */
    private Throwable deepTrace() {
        RuntimeException error = new IllegalStateException("expected by this test");
        StackTraceElement frame =
                new StackTraceElement("io.headrace.Deep", "x".repeat(500), "Deep.java", line.incrementAndGet());
        error.setStackTrace(Collections.nCopies(40, frame).toArray(StackTraceElement[]::new));
        return error;
    }
}
