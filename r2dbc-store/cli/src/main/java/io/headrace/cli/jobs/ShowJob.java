package io.headrace.cli.jobs;

import io.headrace.AttemptFailure;
import io.headrace.JobId;
import io.headrace.JobSnapshot;
import io.headrace.cli.command.Desk;
import io.headrace.cli.command.StoreVerb;
import io.headrace.cli.end.ExitCode;
import io.headrace.cli.end.RefusedException;
import io.headrace.cli.print.Facts;
import io.headrace.cli.print.Fields;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows one job. */
@Command(
        name = "show",
        description = "Show a job: its state, payload, result, steps and failures. Exit code 3 if there is none.",
        footerHeading = "%nExample:%n",
        footer = "  headrace jobs show 01Q8ZPXRG0002 --traces")
final class ShowJob extends StoreVerb {

    private static final String INDENT = "  ";

    @Parameters(paramLabel = "ID", description = "The id of the job.")
    private @Nullable JobId id;

    @Option(names = "--traces", description = "Also show the stack traces of its failures.")
    private boolean traces;

    @Override
    protected int run(Desk desk) {
        if (id == null) {
            throw RefusedException.wrongArguments("Missing required parameter: 'ID'");
        }
        JobSnapshot whole = awaitAny(desk.operator().find(id));
        if (whole == null) {
            throw RefusedException.notFound(
                    "There is no job " + id + ". It was never enqueued, or was pruned after its retention");
        }
        JobSnapshot job = traces ? whole : whole.withoutTraces();
        RecordText record = new RecordText(await(desk.operator().record(id)));
        answer(record.addTo(json(job)), out -> print(out, job, record));
        return ExitCode.DONE;
    }

    private static void print(PrintWriter out, JobSnapshot job, RecordText record) {
        Facts facts = new Facts()
                .fact("id", job.id())
                .fact("state", job.state())
                .fact("queue", job.queue())
                .fact("kind", job.kind())
                .fact("priority", String.valueOf(job.priority()))
                .fact("attempt", job.attempt() + (job.maxAttempts() == null ? "" : " of " + job.maxAttempts()))
                .fact("created", job.id().createdAt())
                .fact("due", job.runAt())
                .fact("unique key", job.uniqueKey())
                .fact("leased by", job.worker())
                .fact("headers", job.headers())
                .fact("payload", payload(job));
        facts = job.after() == null ? facts : facts.fact("after", job.after());
        (job.result() == null ? facts : facts.fact("result", RecordText.shown(job.result()))).print(out);
        record.print(out);
        for (AttemptFailure failure : job.failures()) {
            out.println();
            new Facts()
                    .fact("failure of attempt", String.valueOf(failure.attempt()))
                    .fact("at", failure.at())
                    .fact("error", failure.errorType())
                    .fact("message", failure.message())
                    .fact("fingerprint", failure.fingerprint())
                    .fact("engine version", failure.engineVersion())
                    .print(out);
            if (failure.trace() != null) {
                Facts.printText(out, failure.trace(), INDENT);
            }
        }
    }

    /** What is transformed means nothing to people. With --json it is there as it is stored. */
    private static String payload(JobSnapshot job) {
        String transform = job.payloadTransform();
        return transform == null ? job.payload() : RecordText.transformed(transform);
    }

    private static Fields json(JobSnapshot job) {
        return new Fields()
                .with("id", job.id())
                .with("state", job.state())
                .with("queue", job.queue())
                .with("kind", job.kind())
                .with("priority", job.priority())
                .with("attempt", job.attempt())
                .with("maxAttempts", job.maxAttempts())
                .with("createdAt", job.id().createdAt())
                .with("runAt", job.runAt())
                .with("uniqueKey", job.uniqueKey())
                .with("worker", job.worker())
                .with("after", job.after())
                .with("headers", job.headers())
                .with("payload", job.payload())
                .with("result", job.result())
                .with(
                        "failures",
                        job.failures().stream()
                                .map(failure -> new Fields()
                                        .with("attempt", failure.attempt())
                                        .with("at", failure.at())
                                        .with("errorType", failure.errorType())
                                        .with("message", failure.message())
                                        .with("fingerprint", failure.fingerprint())
                                        .with("engineVersion", failure.engineVersion())
                                        .with("trace", failure.trace()))
                                .toList());
    }
}
