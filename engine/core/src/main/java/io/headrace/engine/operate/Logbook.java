package io.headrace.engine.operate;

import io.headrace.engine.guard.ErrorText;
import io.headrace.spi.NewDecision;
import io.headrace.spi.OperatorLog;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Writes the operator log. A decision is on record before it is carried out, so that none can succeed unlogged; its answer
 * follows. Thread-safe.
 */
final class Logbook {

    private static final Logger log = LoggerFactory.getLogger(Logbook.class);

    private static final int MOST_CHARACTERS = 1_000;

    private final OperatorLog entries;

    Logbook(OperatorLog entries) {
        this.entries = entries;
    }

    /**
     * Carries out a decision between its two entries.
     *
     * @param said what is logged of its result; {@link Answer#DONE} if it has none
     */
    <T> Mono<T> keep(
            String actor, Act act, String subject, Supplier<Mono<T>> decision, Function<? super T, Answer> said) {
        return Mono.usingWhen(
                entries.begin(new NewDecision(actor, act.text(), fit(subject))).map(Entry::new),
                entry -> Mono.defer(decision).doOnNext(result -> entry.answer = said.apply(result)),
                entry -> close(entry, entry.answer),
                (entry, error) -> close(entry, Answer.failed(ErrorText.firstLine(error))),
                entry -> close(entry, Answer.ABANDONED));
    }

    /** What was decided has been done, and cannot be undone because the log is away. */
    private Mono<Void> close(Entry entry, Answer answer) {
        return entries.answer(entry.id, answer.count(), fit(answer.text())).onErrorResume(error -> {
            log.warn("The answer '{}' to decision {} was not logged: {}", answer, entry.id, ErrorText.firstLine(error));
            return Mono.empty();
        });
    }

    private static String fit(String text) {
        String cut = text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS - 1) + "…";
        return cut.replace('\0', '\uFFFD');
    }

    private static final class Entry {

        private final long id;
        private volatile Answer answer = Answer.DONE;

        Entry(long id) {
            this.id = id;
        }
    }
}
