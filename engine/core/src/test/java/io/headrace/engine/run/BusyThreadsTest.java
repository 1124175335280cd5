package io.headrace.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobType;
import io.headrace.engine.guard.LoopGuard;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Handlers that keep threads which they must not keep. They compute rather than block, or BlockHound would end them. */
class BusyThreadsTest {

    private static final JobType<String> GRIND = JobType.of("grind", String.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final Scheduler handlers = Schedulers.newParallel("mill", 1);
    private final Lanes lanes = Lanes.on(handlers, new LoopGuard(problem -> {}));
    private final BusyThreads busy = new BusyThreads(lanes, time);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        logger().addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger().detachAppender(lines);
        busy.stop();
        lanes.close();
        handlers.dispose();
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(BusyThreads.class);
    }

    private Grinding grinding(long job) throws InterruptedException {
        Grinding grinding = new Grinding(job);
        lanes.execute(grinding);
        busy.watch();
        assertThat(grinding.begun.await(10, TimeUnit.SECONDS)).isTrue();
        return grinding;
    }

    private void end(Grinding grinding) throws InterruptedException {
        grinding.over = true;
        CountDownLatch next = new CountDownLatch(1);
        handlers.schedule(next::countDown);
        assertThat(next.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aHandlerThatKeepsANonBlockingThreadIsNamedOnceWithTheThreadsStack() throws InterruptedException {
        Grinding first = grinding(1L << 40);
        time.advanceTimeBy(LOOK);
        assertThat(lines.list).as("seen once").isEmpty();
        time.advanceTimeBy(LOOK);
        time.advanceTimeBy(LOOK.multipliedBy(10));
        end(first);
        Grinding second = grinding(2L << 40);
        time.advanceTimeBy(LOOK.multipliedBy(10));
        end(second);

        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.WARN);
            assertThat(line.getFormattedMessage())
                    .contains("kind 'grind'", "thread 'mill-", new JobId(1L << 40).toString(), "JobHandler.blocking");
            assertThat(line.getThrowableProxy().getStackTraceElementProxyArray())
                    .anySatisfy(frame -> assertThat(frame.getStackTraceElement().getMethodName())
                            .isEqualTo("grind"));
        });
    }

    @Test
    void manyShortAttemptsAreNotMistakenForALongOne() throws InterruptedException {
        for (int i = 1; i < 10; i++) {
            Grinding each = grinding(i);
            time.advanceTimeBy(LOOK);
            end(each);
        }

        assertThat(lines.list).isEmpty();
    }

    @Test
    void nobodyLooksWhileNothingRuns() throws InterruptedException {
        end(grinding(1));
        time.advanceTimeBy(LOOK.multipliedBy(2));

        assertThat(time.getScheduledTaskCount()).isEqualTo(1);
    }

    private static final class Grinding extends HandlerRun<String> {

        private final CountDownLatch begun = new CountDownLatch(1);
        private final long job;
        private volatile boolean over;

        @SuppressWarnings("NullAway") // nothing of it is used
        Grinding(long job) {
            super(null, JobHandler.of(GRIND, none -> Mono.empty()), null, null, () -> {});
            this.job = job;
        }

        @Override
        public long jobId() {
            return job;
        }

        @Override
        public void run() {
            grind();
        }

        private void grind() {
            begun.countDown();
            double flour = job;
            while (!over) {
                flour = Math.sqrt(flour + job);
            }
            assertThat(flour).isNotNaN();
        }
    }
}
