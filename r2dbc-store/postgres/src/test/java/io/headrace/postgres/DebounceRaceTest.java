package io.headrace.postgres;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.Enqueued;
import io.headrace.JobType;
import io.headrace.NewJob;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.Settlement;
import io.headrace.spi.Verdict;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Of a claim and a replacement at the same moment one comes first: each content has run or has been replaced. */
@OnEachServer
@Tag("slow")
class DebounceRaceTest extends TermsTests {

    private static final int ENQUEUES = 1_000;
    private static final JobType<Integer> GRIND = JobType.of("grind", Integer.class);
    private static final ClaimRequest.Terms ONCE = new ClaimRequest.Terms(1, ofMinutes(5));

    private final Queue<ClaimedJob> ran = new ConcurrentLinkedQueue<>();

    DebounceRaceTest(TestServer server) {
        super(server);
    }

    private static NewJob<Integer> sack(int n) {
        return GRIND.job(n).debounce("mill", ofMillis(2), ofMillis(20));
    }

    /** A worker that claims all the time. */
    private Disposable work() {
        PostgresJobStore store = schema.open(5);
        long worker = store.workers()
                .register("miller", Set.of("default"), ofMinutes(5), false)
                .block(PATIENCE);
        ClaimRequest request = new ClaimRequest(worker, "default", Map.of("grind", ONCE), 10);
        return Mono.defer(() -> store.leases().claim(request))
                .flatMap(claim -> {
                    ran.addAll(claim.jobs());
                    return store.leases()
                            .settle(
                                    worker,
                                    claim.jobs().stream()
                                            .map(DebounceRaceTest::completed)
                                            .toList());
                })
                .repeat()
                .subscribe();
    }

    private static Settlement completed(ClaimedJob job) {
        return new Settlement(job.lease(), job.id(), false, Verdict.Completed.INSTANCE);
    }

    @Test
    void eachContentRanOrWasReplaced() {
        Disposable workers = Disposables.composite(work(), work());
        List<Enqueued> answers = Flux.range(0, ENQUEUES)
                .concatMap(n -> client.enqueue(sack(n)))
                .collectList()
                .block(Duration.ofMinutes(1));
        Map<Long, String> last = new LinkedHashMap<>();
        for (int n = 0; n < ENQUEUES; n++) {
            Enqueued answer = answers.get(n);
            assertThat(last.containsKey(answer.id().value())).as("answer %d", n).isNotEqualTo(answer.created());
            last.put(answer.id().value(), Integer.toString(n));
        }

        await().atMost(ofSeconds(30)).until(() -> ran.size() >= last.size());
        workers.dispose();

        assertThat(ran).as("none ran twice").hasSameSizeAs(last.keySet());
        assertThat(ran.stream().collect(Collectors.toMap(ClaimedJob::id, ClaimedJob::payload)))
                .isEqualTo(last);
        assertThat(last.size()).as("some were replaced, some were not").isBetween(2, ENQUEUES - 1);
    }
}
