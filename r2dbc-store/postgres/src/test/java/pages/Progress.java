package pages;

import io.headrace.Job;
import io.headrace.JobClient;
import io.headrace.JobId;
import io.headrace.JobProgress;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.JobUpdate;
import java.util.function.IntFunction;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The program of docs/progress.md. */
final class Progress {

    record Book(String title, int pages) {}

    static final JobType<Book> PRINT = JobType.of("print-book", Book.class);

    private final IntFunction<Mono<Void>> printer;
    private final JobClient client;

    Progress(JobClient client, IntFunction<Mono<Void>> printer) {
        this.client = client;
        this.printer = printer;
    }

    Mono<Void> print(Job<Book> job) {
        int pages = job.payload().pages();
        return Flux.range(1, pages)
                .concatMap(page -> printer.apply(page)
                        .doOnSuccess(printed -> job.progress(100 * page / pages, "page " + page + " of " + pages)))
                .then();
    }

    Flux<String> follow(JobId id) {
        return client.watch(id).map(Progress::line);
    }

    private static String line(JobUpdate update) {
        JobProgress progress = update.progress();
        return progress == null ? update.state().name() : progress.percent() + " %, " + progress.message();
    }

    Mono<JobState> outcome(JobId id) {
        return client.await(id).map(JobUpdate::state);
    }
}
