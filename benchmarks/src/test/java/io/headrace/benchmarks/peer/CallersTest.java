package io.headrace.benchmarks.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class CallersTest {

    @Test
    void eachNumberIsCalledOnce() throws Exception {
        Set<Long> called = ConcurrentHashMap.newKeySet();

        new Callers(4).make(1_000, number -> assertThat(called.add(number)).isTrue());

        assertThat(called).hasSize(1_000);
    }

    @Test
    void aCallThatFailsIsTold() {
        assertThatThrownBy(() -> new Callers(2).make(10, number -> {
                    throw new IllegalArgumentException("no " + number);
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasCauseInstanceOf(IllegalArgumentException.class);
    }
}
