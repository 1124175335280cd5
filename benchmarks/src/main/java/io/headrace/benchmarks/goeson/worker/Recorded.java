package io.headrace.benchmarks.goeson.worker;

import io.headrace.Job;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobOutcome;
import io.headrace.JobType;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a job carries that has three steps, each of which writes what it does into a journal before it is recorded. */
public record Recorded(long nr) {

    public static final JobType<Recorded> TYPE = JobType.of("recorded", Recorded.class);

    /** One row for each time that a step ran, with the moment at which the handler had begun. */
    public static final String JOURNAL =
            "CREATE TABLE step_run (job bigint NOT NULL, name text NOT NULL, run text NOT NULL, began timestamptz NOT NULL)";

    private static final List<String> STEPS = List.of("clone", "count", "save");
    private static final String CLOCK = "SELECT clock_timestamp()::text";
    private static final String WRITE =
            "INSERT INTO step_run (job, name, run, began) VALUES ($1, $2, $3, $4::timestamptz)";

    static JobEngine.Builder subscribe(JobEngine.Builder engine, Application application) {
        return engine.subscribe(JobHandler.of(TYPE, job -> handle(job, application)));
    }

    /** The result of the job: what its steps returned, or what is on record of them. */
    private static Mono<JobOutcome> handle(Job<Recorded> job, Application application) {
        return application
                .with(on -> Flux.from(on.createStatement(CLOCK).execute())
                        .concatMap(result -> result.map(row -> Objects.requireNonNull(row.get(0, String.class))))
                        .next())
                .flatMapMany(began -> Flux.fromIterable(STEPS)
                        .concatMap(name -> job.step(name, String.class, () -> run(job, name, began, application))))
                .collectList()
                .map(JobOutcome::complete);
    }

    private static Mono<String> run(Job<Recorded> job, String name, String began, Application application) {
        String run = UUID.randomUUID().toString();
        return Pause.brief()
                .then(application.with(on -> Application.run(on.createStatement(WRITE)
                        .bind("$1", job.id().value())
                        .bind("$2", name)
                        .bind("$3", run)
                        .bind("$4", began))))
                .then(Pause.brief())
                .thenReturn(run);
    }
}
