package io.headrace.console.api;

import io.headrace.CancelAnswer;
import io.headrace.FailedJobs;
import io.headrace.JobExplanation;
import io.headrace.JobId;
import io.headrace.JobReason;
import io.headrace.JobSnapshot;
import io.headrace.UnknownJobException;
import io.headrace.console.guard.Guard;
import io.headrace.console.payload.Payloads;
import io.headrace.operate.JobRecord;
import io.headrace.operate.Right;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** One job: what it is, why it waits, and what can be done with it. */
final class JobResource implements Resource {

    private static final String JOB = ApiRoutes.ROOT + "/jobs/{id}";

    private final Payloads payloads;

    JobResource(Payloads payloads) {
        this.payloads = payloads;
    }

    @Override
    public void route(RouterFunctions.Builder routes) {
        routes.GET(JOB, this::show)
                .GET(JOB + "/payload", this::payload)
                .GET(JOB + "/why", this::why)
                .POST(JOB + "/run-now", this::runNow)
                .POST(JOB + "/cancel", this::cancel)
                .POST(JOB + "/retry", this::retry)
                .POST(JOB + "/discard", this::discard);
    }

    private Mono<ServerResponse> show(ServerRequest request) {
        return found(request)
                .zipWhen(job -> Guard.operator(request).record(job.id()))
                .flatMap(both -> Guard.actor(request).may(Right.VIEW_PAYLOAD)
                        ? whole(both.getT1(), both.getT2())
                        : Mono.just(JobView.of(both.getT1(), both.getT2())))
                .flatMap(Answers::json);
    }

    private Mono<JobView> whole(JobSnapshot job, JobRecord record) {
        Mono<Optional<String>> result = payloads.result(job).map(Optional::of).defaultIfEmpty(Optional.empty());
        return Mono.zip(payloads.payload(job), payloads.record(job, record), result)
                .map(shown -> JobView.of(
                        job,
                        shown.getT2(),
                        shown.getT1(),
                        payloads.headers(job),
                        shown.getT3().orElse(null)));
    }

    private Mono<ServerResponse> payload(ServerRequest request) {
        Guard.require(request, Right.VIEW_PAYLOAD);
        return found(request)
                .flatMap(job ->
                        payloads.payload(job).flatMap(payload -> Answers.file(job.id() + ".json", payload.json())));
    }

    private static Mono<JobSnapshot> found(ServerRequest request) {
        JobId id = Parameters.id(request);
        return Guard.operator(request).find(id).switchIfEmpty(Mono.error(() -> new UnknownJobException(id)));
    }

    private Mono<ServerResponse> why(ServerRequest request) {
        return Guard.operator(request)
                .why(Parameters.id(request))
                .flatMap(explanation -> Answers.json(Why.of(explanation)));
    }

    private Mono<ServerResponse> runNow(ServerRequest request) {
        JobId id = Parameters.id(request);
        return Guard.operator(request).runNow(id).flatMap(isDue -> Answers.json(new MadeDue(id, isDue)));
    }

    private Mono<ServerResponse> cancel(ServerRequest request) {
        JobId id = Parameters.id(request);
        return Guard.operator(request)
                .cancel(id)
                .flatMap(answer -> answer == CancelAnswer.UNKNOWN
                        ? Mono.error(() -> new UnknownJobException(id))
                        : Answers.json(new Cancelled(id, answer)));
    }

    private Mono<ServerResponse> retry(ServerRequest request) {
        return Guard.operator(request)
                .retryFailed(FailedJobs.byId(Set.of(Parameters.id(request))))
                .flatMap(Answers::json);
    }

    private Mono<ServerResponse> discard(ServerRequest request) {
        return Guard.operator(request)
                .discard(FailedJobs.byId(Set.of(Parameters.id(request))))
                .flatMap(Answers::json);
    }

    private record MadeDue(JobId job, boolean isDue) {}

    private record Cancelled(JobId job, CancelAnswer answer) {}

    private record Why(JobId job, Reason reason, List<Reason> also) {
        static Why of(JobExplanation explanation) {
            return new Why(
                    explanation.job(),
                    Reason.of(explanation.reason()),
                    explanation.also().stream().map(Reason::of).toList());
        }
    }

    private record Reason(String code, String text, String whatNext) {
        static Reason of(JobReason reason) {
            return new Reason(reason.code(), reason.describe(), reason.whatNext());
        }
    }
}
