package io.headrace.engine.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headrace.EnqueueOverflowException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitingRoomTest {

    private final WaitingRoom room = new WaitingRoom(10, 100 << 20);

    @Test
    void whoComesWhileTooManyWaitIsTurnedAway() {
        room.enter(25, 25);

        assertThatExceptionOfType(EnqueueOverflowException.class)
                .isThrownBy(() -> room.enter(1, 1))
                .satisfies(e -> assertThat(e.waiting()).isEqualTo(25));
        room.leave(25, 25);
        room.enter(1, 1);
    }

    @Test
    void whoComesWhileTooMuchWaitsIsTurnedAway() {
        room.enter(1, 300 << 20);

        assertThatExceptionOfType(EnqueueOverflowException.class)
                .isThrownBy(() -> room.enter(1, 1))
                .satisfies(e -> assertThat(e.waitingLength()).isGreaterThan(e.lengthLimit()))
                .withMessageContaining("314572800 characters of JSON are waiting");
        room.leave(1, 300 << 20);
        room.enter(1, 1);
    }

    @Test
    void aStreamGoesOnOnceLessWaits() {
        List<String> passed = new ArrayList<>();
        room.whenThereIsRoom("first").subscribe(passed::add);
        room.enter(1, 50 << 20);
        room.whenThereIsRoom("second").subscribe(passed::add);
        room.whenThereIsRoom("gone").subscribe(passed::add).dispose();
        assertThat(passed).containsExactly("first");

        room.leave(1, 50 << 20);

        assertThat(passed).containsExactly("first", "second");
    }
}
