package io.headrace.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A loop that sleeps, and those who wake it whatever it does at that moment. */
class NapTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final Nap nap = new Nap(time);

    private AtomicBoolean take() {
        AtomicBoolean over = new AtomicBoolean();
        nap.take(MINUTE).subscribe(nothing -> {}, error -> {}, () -> over.set(true));
        return over;
    }

    @Test
    void itEndsWhenItsTimeIsOver() {
        AtomicBoolean over = take();
        time.advanceTimeBy(MINUTE.minusMillis(1));
        assertThat(over).isFalse();

        time.advanceTimeBy(Duration.ofMillis(1));

        assertThat(over).isTrue();
    }

    @Test
    void itEndsWhenSomebodyWakesIt() {
        AtomicBoolean over = take();

        nap.wake();

        assertThat(over).isTrue();
    }

    @Test
    void whoeverIsWokenWhileAwakeDoesNotSleepNextTime() {
        nap.awake();
        nap.wake();

        assertThat(take()).isTrue();
        assertThat(take()).isFalse();
    }

    @Test
    void aWakeUpAfterANapThatEndedByItselfIsNotLost() {
        take();
        time.advanceTimeBy(MINUTE);
        nap.awake();

        nap.wake();

        assertThat(take()).isTrue();
    }

    @Test
    void aWakeUpAfterANapThatWasNoneIsNotLost() {
        nap.wake();
        take();
        nap.awake();

        nap.wake();

        assertThat(take()).isTrue();
    }
}
