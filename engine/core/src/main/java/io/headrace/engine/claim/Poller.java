package io.headrace.engine.claim;

import io.headrace.Backoff;
import io.headrace.engine.guard.ErrorText;
import io.headrace.engine.guard.LoopGuard;
import io.headrace.engine.observed.Outage;
import io.headrace.spi.LeaseStore;
import io.headrace.spi.PollAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Looks, with one statement for all queues of an engine, whether there is something to claim on those that sleep: in case a
 * wake-up was lost, or where there are none. Soon after a queue fell asleep, then less and less often; seldom while wake-ups are
 * heard. Thread-safe.
 */
public final class Poller {

    private static final Logger log = LoggerFactory.getLogger(Poller.class);

    private static final String LOOP = "polling";

    /** Shorter than the time ahead of which jobs are announced. */
    private static final Duration WHILE_HEARD = Duration.ofSeconds(20);

    private static final Duration WHILE_NOT = Duration.ofSeconds(1);
    private static final Duration FIRST = WHILE_NOT.dividedBy(16);

    /** Longer than it takes to find out that the listening connection is gone without a word. */
    private static final Duration IN_DOUBT = Duration.ofSeconds(40);

    private static final int MOST_QUEUES = 1_000;
    private static final long NEVER = Long.MAX_VALUE;
    /** How long to wait when the store is away: a claim, a poll or a read of payloads has failed. */
    static final Backoff STORE_AWAY = Backoff.exponential(Duration.ofMillis(100), 2, Duration.ofSeconds(5))
            .jitter(0.2);

    private final LeaseStore leases;
    private final Scheduler scheduler;
    private final LoopGuard guard;
    private final Set<Sleeper> sleepers = ConcurrentHashMap.newKeySet();
    private final Disposable.Swap timer = Disposables.swap();
    private final Object lock = new Object();
    private boolean heard;
    private long doubtedUntilMillis = Long.MIN_VALUE;
    private boolean looking;
    private long timerMillis = NEVER;
    private long notBeforeMillis = Long.MIN_VALUE;
    private int failures;

    public Poller(LeaseStore leases, Scheduler scheduler, LoopGuard guard) {
        this.leases = leases;
        this.scheduler = scheduler;
        this.guard = guard;
    }

    void add(Sleeper sleeper) {
        sleepers.add(sleeper);
    }

    void remove(Sleeper sleeper) {
        wake(sleeper);
        sleepers.remove(sleeper);
    }

    /** Looks for it from now on. */
    void sleep(Sleeper sleeper) {
        synchronized (lock) {
            sleep(sleeper, now());
            schedule(sleeper.lookAtMillis());
        }
    }

    /** It looks itself. */
    void wake(Sleeper sleeper) {
        synchronized (lock) {
            sleeper.wake();
        }
    }

    boolean isAsleep(Sleeper sleeper) {
        synchronized (lock) {
            return sleeper.isAsleep();
        }
    }

    /** It had something to do: more may follow soon. */
    void wakesSoon(Sleeper sleeper) {
        synchronized (lock) {
            sleeper.wakesSoon();
        }
    }

    /** Whether wake-ups are heard from now on. */
    void hears(boolean areHeard) {
        synchronized (lock) {
            heard = areHeard;
            if (!areHeard) {
                hurry();
            }
        }
    }

    /** The store may be out of reach. So may wake-ups, without anybody's having noticed. */
    void doubt() {
        synchronized (lock) {
            doubtedUntilMillis = now() + IN_DOUBT.toMillis();
            hurry();
        }
    }

    private void hurry() {
        long now = now();
        sleepers.forEach(sleeper -> sleeper.lookWithin(now, WHILE_NOT));
        scheduleNext();
    }

    private void sleep(Sleeper sleeper, long now) {
        double jitter = 1 + 0.1 * ThreadLocalRandom.current().nextDouble(-1, 1);
        sleeper.sleep(now, jitter, heard && now >= doubtedUntilMillis ? WHILE_HEARD : WHILE_NOT, FIRST);
    }

    private void scheduleNext() {
        schedule(sleepers.stream()
                .filter(Sleeper::isAsleep)
                .mapToLong(Sleeper::lookAtMillis)
                .min()
                .orElse(NEVER));
    }

    private void schedule(long wantedMillis) {
        long atMillis = Math.max(wantedMillis, notBeforeMillis);
        if (looking || atMillis >= timerMillis) {
            return;
        }
        timerMillis = atMillis;
        long wait = Math.max(1, atMillis - now());
        timer.update(scheduler.schedule(() -> guard.run(LOOP, this::look), wait, TimeUnit.MILLISECONDS));
    }

    private void look() {
        List<Sleeper> asked = new ArrayList<>();
        Set<Sleeper> relying = new HashSet<>();
        synchronized (lock) {
            timerMillis = NEVER;
            long now = now();
            // One that is to be looked for a little later is looked for now, so that they come to go together.
            sleepers.stream().filter(sleeper -> sleeper.isNear(now)).forEach(asked::add);
            asked.stream()
                    .filter(sleeper -> heard && sleeper.reliesOnWakeUps(WHILE_NOT))
                    .forEach(relying::add);
            asked.forEach(sleeper -> sleep(sleeper, now));
            if (asked.isEmpty()) {
                scheduleNext();
                return;
            }
            looking = true;
        }
        Flux.range(0, (asked.size() + MOST_QUEUES - 1) / MOST_QUEUES)
                .map(part -> asked.subList(part * MOST_QUEUES, Math.min(asked.size(), (part + 1) * MOST_QUEUES)))
                .concatMap(part -> guard.defer(LOOP, () -> look(part, relying)))
                .then()
                .subscribe(nothing -> {}, this::failed, this::looked);
    }

    /** @param relying those that a wake-up should have reached before */
    private Mono<Void> look(List<Sleeper> asked, Set<Sleeper> relying) {
        return leases.poll(asked.stream().map(Sleeper::request).toList())
                .doOnNext(answers -> guard.run(LOOP, () -> tell(asked, answers, relying)))
                .then();
    }

    private void tell(List<Sleeper> asked, List<PollAnswer> answers, Set<Sleeper> relying) {
        for (int i = 0; i < asked.size(); i++) {
            if (answers.get(i).due() && relying.contains(asked.get(i))) {
                doubt();
            }
            asked.get(i).tell(answers.get(i));
        }
    }

    private void looked() {
        synchronized (lock) {
            failures = 0;
            looking = false;
            scheduleNext();
        }
    }

    private void failed(Throwable error) {
        Duration wait;
        synchronized (lock) {
            wait = STORE_AWAY.jittered(++failures);
            notBeforeMillis = now() + wait.toMillis();
            looking = false;
            doubt();
        }
        log.atLevel(Outage.isOutage(error) ? Level.DEBUG : Level.WARN)
                .log("Polling failed, retrying in {}: {}", wait, ErrorText.firstLine(error));
    }

    private long now() {
        return scheduler.now(TimeUnit.MILLISECONDS);
    }
}
