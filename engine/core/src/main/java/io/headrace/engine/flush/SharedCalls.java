package io.headrace.engine.flush;

import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Asks with one call what many ask at the same time. If a call fails, so does each of its questions. A question that is on its way is
 * not withdrawn. Thread-safe.
 *
 * @param <Q> a question
 * @param <A> its answer
 */
public final class SharedCalls<Q, A> {

    private final Function<List<Q>, Mono<List<A>>> call;
    private final SmartFlush<Asked<Q, A>> flushes;

    private record Asked<Q, A>(Q question, MonoSink<A> sink) {}

    /**
     * Shares a call.
     *
     * @param most how many questions a call has at most
     * @param onTheirWay how many calls may be on their way
     * @param call returns an answer for each question, in their order
     */
    public SharedCalls(int most, int onTheirWay, Function<List<Q>, Mono<List<A>>> call) {
        this.call = call;
        this.flushes = SmartFlush.ofSeveral(asked -> 1, most, onTheirWay, this::flush);
        flushes.onBroken((asked, error) -> asked.forEach(each -> each.sink.error(error)));
    }

    public Mono<A> ask(Q question) {
        return Mono.create(sink -> flushes.add(new Asked<>(question, sink)));
    }

    private Mono<Void> flush(List<Asked<Q, A>> asked) {
        return call.apply(asked.stream().map(Asked::question).toList())
                .doOnNext(answers -> {
                    for (int at = 0; at < asked.size(); at++) {
                        asked.get(at).sink.success(answers.get(at));
                    }
                })
                .then();
    }
}
