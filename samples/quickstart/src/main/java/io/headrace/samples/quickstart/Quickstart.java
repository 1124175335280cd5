package io.headrace.samples.quickstart;

import io.headrace.AuditReport;
import io.headrace.Backoff;
import io.headrace.Enqueued;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobOperator;
import io.headrace.JobType;
import io.headrace.RetryPolicy;
import io.headrace.postgres.PostgresJobStore;
import io.headrace.postgres.PostgresMigrations;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Every file of a folder becomes a job, whose handler counts the lines and computes the SHA-256. */
public final class Quickstart {

    /** What a job carries: anything that Jackson writes and reads. */
    record MeasureFile(Path file) {}

    /** What the side that enqueues and the side that handles have in common. */
    static final JobType<MeasureFile> MEASURE_FILE = JobType.of("measure-file", MeasureFile.class);

    /** Short waits, so that the sample ends soon; the default is 20 attempts, first 5 s and at last 5 min apart. */
    private static final RetryPolicy THREE_ATTEMPTS = RetryPolicy.defaults()
            .maxAttempts(3)
            .backoff(Backoff.exponential(Duration.ofMillis(200), 2, Duration.ofSeconds(1)));

    private Quickstart() {}

    public static void main(String[] args) {
        System.exit(Command.run(args, System.out, System.err));
    }

    static Outcome run(List<Path> files, ConnectionFactoryOptions database, Progress progress) {
        PostgresMigrations.of(database).migrate();
        PostgresJobStore store = PostgresJobStore.create(ConnectionFactories.get(database));
        Tally tally = new Tally();

        JobHandler<MeasureFile> handler = JobHandler.blocking(
                        MEASURE_FILE,
                        job -> tally.add(job, FileFacts.of(job.payload().file())))
                .retry(THREE_ATTEMPTS);
        JobEngine engine = JobEngine.builder(store)
                .queue(JobType.DEFAULT_QUEUE, queue -> queue.concurrency(16).prefetch(256))
                .subscribe(handler)
                .build();

        progress.begin("enqueueing", files.size());
        List<Enqueued> jobs = engine.client()
                .enqueueAll(Flux.fromIterable(files).map(MeasureFile::new).map(MEASURE_FILE::job))
                .doOnNext(job -> progress.advance())
                .collectList()
                .blockOptional()
                .orElseThrow();

        progress.begin("running", jobs.size());
        tally.begin();
        engine.start().block();
        lookUntilAllHaveEnded(engine.operator())
                .doOnNext(audit -> progress.reached(audit.completed() + audit.tombstones()))
                .blockLast();
        engine.stop().block();

        Outcome outcome = Outcome.of(jobs, tally, engine);
        store.close().block();
        return outcome;
    }

    /** Looks once a second, since an audit reads all there is; a run in which nothing ends for five minutes is given up. */
    private static Flux<AuditReport> lookUntilAllHaveEnded(JobOperator operator) {
        return operator.audit()
                .repeatWhen(looked -> looked.delayElements(Duration.ofSeconds(1)))
                .takeUntil(audit -> audit.pending() + audit.leased() == 0)
                .distinctUntilChanged(audit -> audit.pending() + audit.leased())
                .timeout(
                        Duration.ofMinutes(5),
                        Mono.error(() -> new IllegalStateException("no job has ended for five minutes")));
    }
}
