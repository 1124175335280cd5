package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headrace.InvalidSettingException;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobOperator;
import io.headrace.RetryPolicy;
import io.headrace.StoreException;
import io.headrace.operate.Activity;
import io.headrace.operate.ActivityBucket;
import io.headrace.operate.Actor;
import io.headrace.operate.EngineMark;
import io.headrace.operate.Forecast;
import io.headrace.operate.LiveQueue;
import io.headrace.operate.LiveView;
import io.headrace.operate.Outlook;
import io.headrace.spi.JobInspector;
import io.headrace.spi.JobMonitor;
import io.headrace.spi.JobStore;
import io.headrace.spi.LiveReading;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What those see who watch, and what it costs the store. */
class LiveTest {

    private static final Duration INTERVAL = Duration.ofSeconds(2);

    @RegisterExtension
    final Mill mill = new Mill();

    private JobOperator operator;
    private int readings;
    private int looksAtWorkers;
    private @Nullable RuntimeException trouble;

    @BeforeEach
    void open() {
        operator = JobOperator.create(counted());
    }

    /** The store, with its readings counted, which may be made to fail. */
    private JobStore counted() {
        JobMonitor monitor = new JobMonitor() {
            @Override
            public Mono<LiveReading> live() {
                return mill.store()
                        .monitor()
                        .live()
                        .doOnSubscribe(s -> readings++)
                        .map(reading -> {
                            if (trouble != null) {
                                throw trouble;
                            }
                            return reading;
                        });
            }

            @Override
            public Mono<Activity> activity(Duration width, int buckets) {
                return mill.store().monitor().activity(width, buckets);
            }

            @Override
            public Flux<EngineMark> marks(Duration back) {
                return mill.store().monitor().marks(back);
            }
        };
        JobInspector inspector = (JobInspector) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {JobInspector.class}, (proxy, method, arguments) -> {
                    looksAtWorkers += method.getName().equals("workers") ? 1 : 0;
                    return method.invoke(mill.store().inspector(), arguments);
                });
        return (JobStore) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {JobStore.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "monitor" -> monitor;
                    case "inspector" -> inspector;
                    default -> method.invoke(mill.store(), arguments);
                });
    }

    private List<LiveView> watch() {
        return watch(operator);
    }

    private List<LiveView> watch(JobOperator desk) {
        List<LiveView> views = new ArrayList<>();
        desk.live().subscribe(views::add);
        return views;
    }

    private static LiveView last(List<LiveView> views) {
        return views.get(views.size() - 1);
    }

    @Test
    void whoWatchesSeesTheStoreAtOnceAndThenEveryTwoSeconds() {
        List<LiveView> views = watch();

        assertThat(views).hasSize(1);
        mill.pass(INTERVAL.multipliedBy(10));
        assertThat(views).hasSize(11).allMatch(view -> view.problem() == null);
        assertThat(Duration.between(views.get(9).at(), views.get(10).at())).isEqualTo(INTERVAL);
    }

    @Test
    void fiftyThatWatchCostAsMuchAsOne() {
        List<List<LiveView>> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            all.add(watch(i % 2 == 0 ? operator : operator.as(Actor.withAllRights("ada"))));
            mill.pass(Duration.ofMillis(100));
        }
        mill.pass(INTERVAL.multipliedBy(5));

        assertThat(readings).isEqualTo(8);
        assertThat(looksAtWorkers).isEqualTo(8);
        assertThat(all)
                .allMatch(views -> last(views).at().equals(last(all.get(0)).at()));
    }

    @Test
    void nobodyWhoWatchesCostsNothing() {
        Disposable one = operator.live().subscribe();
        Disposable other = operator.live().subscribe();
        mill.pass(INTERVAL);
        one.dispose();
        mill.pass(INTERVAL);
        assertThat(readings).isEqualTo(3);
        other.dispose();
        mill.pass(Duration.ofMinutes(10));

        assertThat(readings).isEqualTo(3);
    }

    @Test
    void whoComesLateSeesTheLatestAtOnce() {
        List<LiveView> first = watch();
        mill.pass(Duration.ofSeconds(1));

        assertThat(watch()).isEqualTo(first);
        assertThat(readings).isEqualTo(1);
    }

    @Test
    void whoComesAndGoesCausesNoMoreReadings() {
        for (int i = 0; i < 100; i++) {
            List<LiveView> views = new ArrayList<>();
            Disposable watching = operator.live().subscribe(views::add);
            assertThat(views).hasSize(1);
            watching.dispose();
            mill.pass(Duration.ofMillis(10));
        }

        assertThat(readings).isEqualTo(1);
        mill.pass(INTERVAL);
        assertThat(watch()).hasSize(1);
        assertThat(readings).isEqualTo(2);
    }

    @Test
    void whoComesBackSoonIsServedWhenTheNextIsDue() {
        Disposable watching = operator.live().subscribe();
        watching.dispose();
        mill.pass(Duration.ofSeconds(1));
        List<LiveView> views = watch();
        assertThat(views).hasSize(1);

        mill.pass(Duration.ofSeconds(1));
        assertThat(views).hasSize(2);
        mill.pass(INTERVAL);
        assertThat(views).hasSize(3);
    }

    @Test
    void anErrorIsToldAndTheNextReadingIsMadeAllTheSame() {
        mill.start(e -> e.subscribe(GRIND, job -> Mono.empty()));
        List<LiveView> views = watch();
        trouble = new StoreException("the database is away\nand more", true, null, null);
        mill.pass(INTERVAL.multipliedBy(3));

        assertThat(views.subList(1, 4)).allSatisfy(view -> {
            assertThat(view.problem()).isEqualTo("the database is away");
            assertThat(view.at()).isEqualTo(views.get(0).at());
            assertThat(view.queues()).isEqualTo(views.get(0).queues()).isNotEmpty();
            assertThat(view.workers()).isEqualTo(views.get(0).workers()).isNotEmpty();
        });
        trouble = null;
        mill.pass(INTERVAL);
        assertThat(last(views).problem()).isNull();
        assertThat(last(views).at()).isAfter(views.get(0).at());
    }

    @Test
    void whileTheStoreHasNeverAnsweredThereIsNoMoment() {
        trouble = new StoreException("the database is away", true, null, null);

        assertThat(watch()).singleElement().satisfies(view -> {
            assertThat(view.at()).isNull();
            assertThat(view.queues()).isEmpty();
            assertThat(view.problem()).isNotNull();
        });
    }

    @Test
    void whoIsSlowMissesViewsAndHoldsUpNobody() {
        List<LiveView> seen = new ArrayList<>();
        BaseSubscriber<LiveView> slow = new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
                subscription.request(1);
            }

            @Override
            protected void hookOnNext(LiveView view) {
                seen.add(view);
            }
        };
        operator.live().subscribe(slow);
        List<LiveView> views = watch();
        mill.pass(INTERVAL.multipliedBy(10));
        slow.request(1);

        assertThat(views).hasSize(11);
        assertThat(seen).containsExactly(views.get(0), views.get(10));
    }

    @Test
    void aQueueIsShownWithItsRatesAndItsFuture() {
        JobEngine engine = mill.start(e -> e.name("mill-1")
                .version("1.4.2")
                .queue("default", q -> q.concurrency(1).prefetch(0))
                .subscribe(GRIND, job -> Mono.delay(Duration.ofMillis(100))));
        mill.enqueue(engine, 1_000);
        mill.settleDown();
        List<LiveView> views = watch();
        mill.pass(Duration.ofSeconds(20));

        LiveQueue queue = last(views).queues().get(0);
        assertThat(queue.completedPerSecond()).isBetween(9.5, 10.5);
        assertThat(queue.failedPerSecond()).isZero();
        assertThat(queue.due()).isBetween(790L, 810L);
        assertThat(queue.forecast().outlook()).isEqualTo(Outlook.EMPTY_IN);
        assertThat(queue.forecast().in()).isBetween(Duration.ofSeconds(75), Duration.ofSeconds(85));
        assertThat(last(views).workers()).singleElement().satisfies(worker -> {
            assertThat(worker.version()).isEqualTo("1.4.2");
            assertThat(worker.kinds()).containsExactly("grind");
            assertThat(worker.slots()).containsEntry("default", 1);
        });
        engine.operator().pause("default").block();
        mill.pass(INTERVAL);
        assertThat(last(views).queues().get(0).forecast()).isEqualTo(Forecast.of(Outlook.PAUSED));
    }

    @Test
    void enginesAreMarkedWithTheirVersions() {
        JobEngine old = mill.start(e -> e.name("old").version("1.0").subscribe(GRIND, job -> Mono.empty()));
        mill.pass(Duration.ofMinutes(1));
        mill.start(e -> e.name("new").version("1.1").subscribe(GRIND, job -> Mono.empty()));
        mill.stop(old, Duration.ofSeconds(1));

        assertThat(operator.marks(Duration.ofHours(1)).collectList().block())
                .extracting(EngineMark::engine, EngineMark::version, EngineMark::end)
                .hasToString("[(\"new\", \"1.1\", null), (\"old\", \"1.0\", STOPPED)]");
    }

    @Test
    void theShareOfFailuresIsKnownBeforeAndAfterAVersion() {
        JobEngine old = mill.start(e -> e.version("1.0").subscribe(GRIND, job -> Mono.empty()));
        mill.enqueue(old, 9);
        mill.pass(Duration.ofMinutes(10));
        mill.stop(old, Duration.ofSeconds(1));
        JobEngine current = mill.start(e -> e.version("1.1")
                .subscribe(JobHandler.<String>of(GRIND, job -> Mono.error(new IllegalStateException("stuck")))
                        .retry(RetryPolicy.never())));
        mill.enqueue(current, 3);
        mill.pass(Duration.ofMinutes(10));
        Instant deployed = operator.marks(Duration.ofHours(1)).blockFirst().startedAt();

        Activity activity = operator.activity(Duration.ofMinutes(30), 180).block();

        assertThat(activity.failureShare(Instant.EPOCH, deployed)).hasValue(0);
        assertThat(activity.failureShare(deployed.minusSeconds(10), Instant.MAX))
                .hasValue(1);
        assertThat(activity.failureShare(Instant.EPOCH, Instant.MAX)).hasValue(0.25);
        assertThat(activity.failureShare(Instant.EPOCH, Instant.EPOCH)).isEmpty();
        assertThat(activity.buckets().stream()
                        .mapToLong(ActivityBucket::completed)
                        .sum())
                .isEqualTo(9);
    }

    @Test
    void activityIsAskedForWithinBounds() {
        assertThatRefused(Duration.ofMinutes(90), 0, "buckets", "0 is outside 1 to 1000");
        assertThatRefused(Duration.ofMinutes(90), 1_001, "buckets", "1001 is outside 1 to 1000");
        assertThatRefused(Duration.ofDays(32), 90, "window", "is longer than 31 days");
        assertThatRefused(Duration.ofSeconds(89), 90, "window", "each must be at least a second long");
        assertThatRefused(Duration.ofSeconds(-90), 90, "window", "each must be at least a second long");
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> operator.marks(Duration.ZERO).blockFirst())
                .withMessageContaining("back");
    }

    private void assertThatRefused(Duration window, int buckets, String setting, String why) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> operator.activity(window, buckets).block())
                .withMessageContaining(setting)
                .withMessageContaining(why);
    }
}
