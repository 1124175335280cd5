package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobId;
import io.headrace.signal.SignalAnswer;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.NewSignal;
import io.headrace.spi.Settlement;
import io.headrace.spi.SignalQuestion;
import io.headrace.spi.SignalReading;
import io.headrace.spi.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Signals and what happens to their jobs at the same moment, thousands of times: exactly one of both has each job. */
@OnEachServer
class SignalRaceTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration LONG = Duration.ofHours(5);
    private static final int PAIRS = 2_000;
    private static final int FLUSH = 20;

    private final TestSchema schema;
    private final PostgresJobStore store;
    private final long worker;

    SignalRaceTest(TestServer server) {
        this.schema = new TestSchema(server);
        this.store = schema.store();
        this.worker =
                store.workers().register("miller", Set.of("mill"), LONG, false).block(PATIENCE);
    }

    @AfterEach
    void close() {
        schema.audit();
        schema.close();
    }

    private List<ClaimedJob> leased() {
        List<EncodedJob> jobs = IntStream.range(0, PAIRS)
                .mapToObj(n -> new EncodedJob("mill", "grind", 4, Duration.ZERO, null, "{}", null, null, null, null))
                .toList();
        assertThat(store.intake().enqueue(jobs, 0).block(PATIENCE)).hasSize(PAIRS);
        return claimAll();
    }

    private List<ClaimedJob> claimAll() {
        List<ClaimedJob> claimed = new ArrayList<>();
        ClaimRequest request =
                new ClaimRequest(worker, "mill", Map.of("grind", new ClaimRequest.Terms(3, LONG)), 1_000);
        boolean exhausted = false;
        while (!exhausted) {
            var claim = store.leases().claim(request).block(PATIENCE);
            claimed.addAll(claim.jobs());
            exhausted = claim.exhausted();
        }
        return claimed;
    }

    private static String key(long job) {
        return "key-" + job;
    }

    private Mono<SignalAnswer> signal(ClaimedJob job) {
        return store.signals().signal(new NewSignal(key(job.id()), Long.toString(job.id()), null));
    }

    private Mono<List<Settlement>> settle(List<ClaimedJob> jobs, Duration timeout) {
        return store.leases()
                .settle(
                        worker,
                        jobs.stream()
                                .map(job -> new Settlement(
                                        job.lease(), job.id(), false, new Verdict.Awaiting(key(job.id()), timeout)))
                                .toList());
    }

    private Mono<Void> settleInFlushes(List<ClaimedJob> jobs) {
        return Flux.fromIterable(jobs)
                .buffer(FLUSH)
                .flatMap(flush -> settle(flush, LONG), 3)
                .doOnNext(late -> assertThat(late).isEmpty())
                .then();
    }

    private List<SignalReading.State> read(List<ClaimedJob> jobs) {
        return Flux.fromIterable(jobs)
                .map(job -> new SignalQuestion(job.id(), key(job.id())))
                .buffer(500)
                .concatMap(questions -> store.signals().read(questions))
                .concatMapIterable(readings -> readings)
                .map(SignalReading::state)
                .collectList()
                .block(PATIENCE);
    }

    @Test
    void noJobThatBeginsToWaitMissesItsSignal() {
        List<ClaimedJob> jobs = leased();
        List<ClaimedJob> shuffled = new ArrayList<>(jobs);
        // Near one another, so that many pairs meet.
        for (int at = 0; at < PAIRS; at += FLUSH) {
            Collections.shuffle(shuffled.subList(at, at + FLUSH), new Random(at));
        }

        Mono<Long> signals = Flux.fromIterable(shuffled)
                .flatMap(this::signal, 3)
                .doOnNext(answer -> assertThat(answer.created()).isTrue())
                .map(SignalAnswer::woken)
                .reduce(0L, Long::sum);
        long woken = Mono.zip(signals, settleInFlushes(jobs).thenReturn(true))
                .block(PATIENCE)
                .getT1();

        assertThat(woken).as("some came after the wait, and some before").isBetween(1L, PAIRS - 1L);
        assertThat(schema.number("SELECT count(*) FROM %s.pending WHERE run_at > now() + interval '2 seconds'"))
                .as("jobs that would wait for hours")
                .isZero();
        schema.passTime(Duration.ofSeconds(2));
        assertThat(ids(claimAll())).isEqualTo(ids(jobs));
        assertThat(read(jobs)).containsOnly(SignalReading.State.SIGNALLED);
    }

    @Test
    void eitherTheSignalOrTheTimeoutHasTheJob() {
        List<ClaimedJob> jobs = leased();
        assertThat(settle(jobs, Duration.ofMinutes(1)).block(PATIENCE)).isEmpty();
        schema.passTime(Duration.ofMinutes(2));
        Set<Long> woken = Collections.synchronizedSet(new HashSet<>());

        Mono<Void> signals = Flux.fromIterable(jobs)
                .flatMap(
                        job -> signal(job).doOnNext(answer -> {
                            if (answer.woken() > 0) {
                                woken.add(job.id());
                            }
                        }),
                        3)
                .then();
        ClaimRequest few = new ClaimRequest(worker, "mill", Map.of("grind", new ClaimRequest.Terms(3, LONG)), 25);
        List<ClaimedJob> claimed = new ArrayList<>();
        Mono<Void> claims = Mono.defer(() -> store.leases().claim(few))
                .doOnNext(claim -> claimed.addAll(claim.jobs()))
                .repeat(PAIRS / 25 - 1)
                .then();
        Mono.when(signals, claims).block(PATIENCE);
        claimed.addAll(claimAll());

        assertThat(claimed).hasSize(PAIRS).extracting(ClaimedJob::id).doesNotHaveDuplicates();
        assertThat(woken.size()).as("each side has won some").isBetween(1, PAIRS - 1);
        assertThat(read(claimed)).containsOnly(SignalReading.State.SIGNALLED);
        assertThat(schema.number("SELECT count(*) FROM %s.awaited WHERE outcome = 'SIGNALLED'"))
                .isEqualTo(PAIRS);
    }

    @Test
    void aTimeoutThatIsReadAtTheMomentOfTheSignalIsOneOfBoth() {
        List<ClaimedJob> jobs = leased();
        assertThat(settle(jobs, Duration.ofMinutes(1)).block(PATIENCE)).isEmpty();
        schema.passTime(Duration.ofMinutes(2));
        List<ClaimedJob> again = claimAll();
        assertThat(again).hasSize(PAIRS);

        Mono<List<SignalAnswer>> signals =
                Flux.fromIterable(again).flatMap(this::signal, 3).collectList();
        Mono<List<SignalReading>> reads = Flux.fromIterable(again)
                .buffer(5)
                .flatMapSequential(
                        few -> store.signals()
                                .read(few.stream()
                                        .map(job -> new SignalQuestion(job.id(), key(job.id())))
                                        .toList()),
                        2)
                .concatMapIterable(readings -> readings)
                .collectList();
        // Another asks as well, such as the attempt before, whose worker was silent for too long.
        var all = Mono.zip(signals, reads, reads).block(PATIENCE);

        assertThat(all.getT1()).containsOnly(new SignalAnswer(true, 0));
        List<SignalReading.State> first =
                all.getT2().stream().map(SignalReading::state).toList();
        assertThat(first).doesNotContain(SignalReading.State.NONE);
        assertThat(all.getT3()).as("every other answer is the same").isEqualTo(all.getT2());
        assertThat(read(again)).as("every later answer is the same").isEqualTo(first);
    }

    private static Set<JobId> ids(List<ClaimedJob> jobs) {
        return jobs.stream().map(job -> new JobId(job.id())).collect(Collectors.toSet());
    }
}
