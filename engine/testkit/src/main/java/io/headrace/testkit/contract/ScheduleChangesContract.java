package io.headrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.spi.StoredSchedule;
import io.headrace.spi.StoredSchedule.Declaration;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** Engines that sleep until a schedule is due hear of those that are made or changed. */
abstract class ScheduleChangesContract extends ScheduleSuite {

    private final BlockingQueue<Boolean> heard = new LinkedBlockingQueue<>();
    private final Disposable.Composite listening = Disposables.composite();

    @BeforeEach
    void listen() {
        // In this order: whoever comes after the connect may have missed it.
        listening.add(store().schedules().changes().subscribe(heard::add));
        listening.add(store().wakeUps().subscribe());
        assertHeard("a look at the start");
        heard.clear();
    }

    @AfterEach
    void stopListening() {
        listening.dispose();
    }

    /** It may be spurious, so no test asserts silence. */
    private void assertHeard(String what) {
        assertHeard(heard, what);
    }

    private static void assertHeard(BlockingQueue<Boolean> announcements, String what) {
        try {
            assertThat(announcements.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                    .as(what)
                    .isNotNull();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while listening", e);
        }
    }

    @Test
    void aScheduleThatIsCreatedIsAnnounced() {
        given(hourly(NAME));

        assertHeard("created");
    }

    @Test
    void aScheduleThatIsChangedIsAnnounced() {
        StoredSchedule created = written(hourly(NAME));
        assertHeard("created");
        heard.clear();

        given(created.withTimes(nextAt(hour(3))));

        assertHeard("changed");
    }

    @Test
    void aScheduleThatIsRemovedIsAnnounced() {
        StoredSchedule created = written(hourly(NAME));
        assertHeard("created");
        heard.clear();

        assertThat(await(schedules().remove(NAME, created.version()))).isTrue();

        assertHeard("removed");
    }

    @Test
    void aScheduleThatIsPausedBecauseNobodyDeclaresItIsAnnounced() {
        given(hourly(NAME).withDeclaration(new Declaration("as declared", now(), false)));
        assertHeard("created");
        passTime(Duration.ofDays(2));
        heard.clear();

        assertThat(await(schedules().keepDeclared(Set.of(), Duration.ofDays(1))))
                .containsExactly(NAME);

        assertHeard("paused");
    }

    @Test
    void everyListenerHears() {
        BlockingQueue<Boolean> other = new LinkedBlockingQueue<>();
        listening.add(store().schedules().changes().subscribe(other::add));
        other.clear();

        given(hourly(NAME));

        assertHeard(heard, "by the first");
        assertHeard(other, "by the second");
    }
}
