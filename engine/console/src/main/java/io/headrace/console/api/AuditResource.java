package io.headrace.console.api;

import io.headrace.AuditReport;
import io.headrace.JobOperator;
import io.headrace.console.guard.Guard;
import io.headrace.operate.Right;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The audit. Its last result is kept in this process; whoever asks for another while one runs gets that one's result. */
final class AuditResource implements Resource {

    private static final String AUDIT = ApiRoutes.ROOT + "/audit";

    private final AtomicReference<@Nullable Checked> last = new AtomicReference<>();
    private final AtomicReference<@Nullable Mono<Checked>> running = new AtomicReference<>();

    @Override
    public void route(RouterFunctions.Builder routes) {
        routes.GET(AUDIT, this::last).POST(AUDIT, this::run);
    }

    private Mono<ServerResponse> last(ServerRequest request) {
        Guard.require(request, Right.VIEW);
        return answer();
    }

    private Mono<ServerResponse> run(ServerRequest request) {
        Guard.require(request, Right.VIEW);
        JobOperator operator = Guard.operator(request);
        return running.updateAndGet(now -> now == null ? check(operator) : now).then(Mono.defer(this::answer));
    }

    /** Goes on if nobody waits for it any more, so that its result can be seen later. */
    private Mono<Checked> check(JobOperator operator) {
        return Mono.defer(operator::audit)
                .elapsed()
                .map(timed -> new Checked(Instant.now(), Duration.ofMillis(timed.getT1()), timed.getT2()))
                .doOnNext(last::set)
                .doOnTerminate(() -> running.set(null))
                .cache();
    }

    private Mono<ServerResponse> answer() {
        boolean isRunning = running.get() != null;
        Checked checked = last.get();
        return Answers.json(
                checked == null
                        ? AuditView.none(isRunning)
                        : AuditView.of(isRunning, checked.at(), checked.took(), checked.report()));
    }

    private record Checked(Instant at, Duration took, AuditReport report) {}
}
