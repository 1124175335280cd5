package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;

import io.headrace.Job;
import io.headrace.JobEngine;
import io.headrace.JobOperator;
import io.headrace.schedule.Fire;
import io.headrace.schedule.FireSnapshot;
import io.headrace.schedule.ScheduleOperator;
import io.headrace.schedule.ScheduleSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/** What comes of schedules: the jobs that handlers are given, and the desk to operate on them. */
final class Fires {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** The jobs that have begun, as the payload and the instant of the fire. */
    final List<String> begun = new ArrayList<>();

    int running;
    int mostRunning;
    int cancelled;
    private final Mill mill;

    Fires(Mill mill) {
        this.mill = mill;
    }

    /** An engine whose handler takes so long. */
    UnaryOperator<JobEngine.Builder> grinding(Duration length) {
        return e -> e.subscribe(GRIND, job -> grind(job, length));
    }

    private Mono<Long> grind(Job<String> job, Duration length) {
        begun.add(job.payload() + " " + at(job));
        mostRunning = Math.max(mostRunning, ++running);
        return Mono.delay(length).doOnCancel(() -> cancelled++).doFinally(signal -> running--);
    }

    /** How long after the start the instant is. */
    private static Duration at(Job<String> job) {
        return Duration.between(START, Instant.parse(job.headers().get(Fire.AT_HEADER)));
    }

    ScheduleOperator desk() {
        return JobOperator.create(mill.store()).schedules();
    }

    ScheduleSnapshot find(String name) {
        return answer(desk().find(name));
    }

    List<FireSnapshot> history(String name) {
        return answer(desk().fires(name, null, 1_000).collectList());
    }

    /** Subscribes and lets what is due now run. */
    <T> T answer(Mono<T> asked) {
        List<T> answers = new ArrayList<>();
        List<Throwable> errors = new ArrayList<>();
        asked.subscribe(answers::add, errors::add);
        mill.settleDown();
        if (!errors.isEmpty()) {
            throw errors.get(0) instanceof RuntimeException e ? e : new IllegalStateException(errors.get(0));
        }
        return answers.isEmpty() ? null : answers.get(0);
    }
}
