package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.EnqueueOverflowException;
import io.headrace.Enqueued;
import io.headrace.JobClient;
import io.headrace.NewJob;
import io.headrace.UniqueKeyBusyException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.Disposable;

/** Calls whose unique key is busy, and those beside them. */
class BusyKeyTest {

    @RegisterExtension
    final Mill mill = new Mill();

    private Unreliable store;
    private JobClient client;

    @BeforeEach
    void aKeyIsBusy() {
        store = new Unreliable(mill.store());
        store.keepBusy("busy");
        client = JobClient.builder(store.proxy()).maxWaitingJobs(10).build();
    }

    private final class Caller {
        private final List<Enqueued> answers = new ArrayList<>();
        private final Disposable call;
        private Throwable error;

        Caller(NewJob<String> job) {
            call = client.enqueue(job).subscribe(answers::add, e -> error = e);
        }

        boolean isAnswered() {
            return !answers.isEmpty();
        }
    }

    private static NewJob<String> keyed(String key) {
        return GRIND.job("sack").uniqueKey(key);
    }

    @Test
    void itIsTriedAgainAndAgainWhileAllOthersGoThrough() {
        Caller busy = new Caller(keyed("busy"));
        Caller free = new Caller(keyed("free"));
        Caller unkeyed = new Caller(GRIND.job("sack"));
        assertThat(free.isAnswered()).isTrue();
        assertThat(unkeyed.isAnswered()).isTrue();

        mill.pass(ofSeconds(5));
        assertThat(busy.isAnswered()).isFalse();
        assertThat(store.calls("enqueue")).isBetween(40, 60);

        store.keepBusy("");
        mill.pass(ofSeconds(1));
        assertThat(busy.answers)
                .singleElement()
                .satisfies(answer -> assertThat(answer.created()).isTrue());
    }

    @Test
    void ofThoseThatWantTheSameKeyOneIsTried() {
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            callers.add(new Caller(keyed("busy")));
        }
        mill.pass(ofSeconds(5));
        assertThat(store.calls("enqueue")).isLessThan(60);

        store.keepBusy("");
        mill.pass(ofSeconds(1));

        assertThat(callers).allMatch(Caller::isAnswered);
        assertThat(store.calls("enqueue"))
                .as("the rest in one statement, or a few")
                .isLessThan(70);
    }

    @Test
    void whenItsPatienceIsOverEachGetsTheError() {
        Caller first = new Caller(keyed("busy"));
        mill.pass(ofSeconds(5));
        Caller second = new Caller(keyed("busy"));

        mill.pass(ofSeconds(6));
        assertThat(first.error).isInstanceOf(UniqueKeyBusyException.class);
        assertThat(second.error).isNull();
        mill.pass(ofSeconds(6));
        assertThat(second.error).isInstanceOf(UniqueKeyBusyException.class);

        int before = store.calls("enqueue");
        mill.pass(ofSeconds(6));
        assertThat(store.calls("enqueue")).isEqualTo(before);
    }

    @Test
    void whoGoesIsNotTriedAnyMoreAndTheNextIs() {
        Caller first = new Caller(keyed("busy"));
        Caller second = new Caller(keyed("busy"));
        mill.pass(ofSeconds(1));

        first.call.dispose();
        store.keepBusy("");
        mill.pass(ofSeconds(1));

        assertThat(second.answers)
                .singleElement()
                .satisfies(answer -> assertThat(answer.created()).isTrue());
        assertThat(first.isAnswered()).isFalse();
    }

    @Test
    void thoseWhoWaitCountAgainstTheLimit() {
        for (int i = 0; i < 10; i++) {
            new Caller(keyed("busy"));
        }

        Caller oneTooMany = new Caller(GRIND.job("sack"));

        assertThat(oneTooMany.error).isInstanceOf(EnqueueOverflowException.class);
        store.keepBusy("");
        mill.pass(ofSeconds(2));
        for (int i = 0; i < 10; i++) {
            assertThat(new Caller(GRIND.job("sack")).isAnswered()).isTrue();
        }
    }

    @Test
    void whileTheStoreIsAwayTheyGetItsError() {
        Caller busy = new Caller(keyed("busy"));
        store.refuse("enqueue");
        mill.pass(ofSeconds(1));

        assertThat(busy.error).hasMessageContaining("away");
    }
}
