package io.headrace.engine.flush;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class SharedCallsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<List<Integer>> calls = new ArrayList<>();
    private final List<Sinks.One<List<String>>> answers = new ArrayList<>();
    private final SharedCalls<Integer, String> shared = new SharedCalls<>(10, 1, questions -> {
        calls.add(questions);
        Sinks.One<List<String>> answer = Sinks.one();
        answers.add(answer);
        return answer.asMono();
    });

    @Test
    void questionsThatComeDuringACallShareTheNext() {
        Mono<String> first = ask(1);
        Mono<String> second = ask(2);
        Mono<String> third = ask(3);
        assertThat(calls).containsExactly(List.of(1));

        answers.get(0).tryEmitValue(List.of("one"));
        answers.get(1).tryEmitValue(List.of("two", "three"));

        assertThat(calls).containsExactly(List.of(1), List.of(2, 3));
        assertThat(first.block(PATIENCE)).isEqualTo("one");
        assertThat(second.block(PATIENCE)).isEqualTo("two");
        assertThat(third.block(PATIENCE)).isEqualTo("three");
    }

    @Test
    void aCallThatFailsFailsItsQuestionsAndNoOthers() {
        Mono<String> first = ask(1);
        Mono<String> second = ask(2);

        answers.get(0).tryEmitError(new IllegalStateException("away"));
        answers.get(1).tryEmitValue(List.of("two"));

        assertThat(first.materialize().block(PATIENCE).getThrowable()).hasMessage("away");
        assertThat(second.block(PATIENCE)).isEqualTo("two");
    }

    private Mono<String> ask(int question) {
        Mono<String> answer = shared.ask(question).cache();
        answer.subscribe(value -> {}, error -> {});
        return answer;
    }
}
