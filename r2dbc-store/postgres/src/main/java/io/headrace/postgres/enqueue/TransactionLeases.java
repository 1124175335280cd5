package io.headrace.postgres.enqueue;

import io.headrace.Enqueued;
import io.headrace.JobId;
import io.headrace.postgres.claim.ClaimCursors;
import io.headrace.postgres.connection.SqlChannel;
import io.headrace.postgres.sql.Columns;
import io.headrace.postgres.sql.Parameters;
import io.headrace.postgres.sql.Statements;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.EnqueuedClaim;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Leases jobs as they are enqueued in transactions of callers. */
final class TransactionLeases {

    private final String enqueue;
    private final ClaimCursors cursors;

    TransactionLeases(Statements statements, ClaimCursors cursors) {
        this.enqueue = statements.named("enqueue/enqueue_in_transaction");
        this.cursors = cursors;
    }

    /** Whether these jobs can be one set: due at once, of one kind and priority. */
    static boolean take(List<EncodedJob> jobs) {
        EncodedJob first = jobs.get(0);
        return jobs.stream().allMatch(job -> job.kind().equals(first.kind()) && job.priority() == first.priority());
    }

    /** Enqueues jobs that are {@linkplain #take one set}, and leases them if they are the next to run. */
    Mono<EnqueuedClaim> enqueueAndClaim(SqlChannel channel, List<EncodedJob> jobs, ClaimRequest request) {
        return channel.rows(enqueue, statement -> bind(statement, jobs, request), Written::of)
                .map(rows -> answer(jobs, rows.get(0)));
    }

    private Statement bind(Statement statement, List<EncodedJob> jobs, ClaimRequest request) {
        EncodedJob first = jobs.get(0);
        ClaimRequest.Terms terms = Objects.requireNonNull(request.kinds().get(first.kind()));
        return new Parameters(statement)
                .value(first.queue())
                .value(first.kind())
                .value((short) first.priority())
                .value(jobs.size())
                .texts(jobs, EncodedJob::payload)
                .texts(jobs, EncodedJob::headers)
                .shorts(jobs, EncodedJob::maxAttempts)
                .value(request.worker())
                .value(terms.maxAttempts())
                .value(terms.deadline().toMillis())
                .value(request.kinds().keySet().toArray(String[]::new))
                .value(cursors.floors(request))
                .statement();
    }

    private static EnqueuedClaim answer(List<EncodedJob> jobs, Written written) {
        List<Enqueued> answers = new ArrayList<>(jobs.size());
        List<ClaimedJob> claimed = new ArrayList<>(jobs.size());
        Long lease = written.lease();
        long id = written.first();
        for (EncodedJob job : jobs) {
            answers.add(new Enqueued(new JobId(id), true));
            if (lease != null) {
                claimed.add(job.claimed(lease, id));
            }
            id++;
        }
        return new EnqueuedClaim(answers, claimed);
    }

    /**
     * What the statement says.
     *
     * @param first the first id of the jobs
     * @param lease the lease; {@code null} if they are pending
     */
    private record Written(long first, @Nullable Long lease) {

        static Written of(Readable row) {
            return new Written(Columns.number(row, "first"), row.get("lease", Long.class));
        }
    }
}
