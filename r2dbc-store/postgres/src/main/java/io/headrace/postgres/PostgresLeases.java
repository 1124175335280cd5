package io.headrace.postgres;

import io.headrace.postgres.claim.ClaimCursors;
import io.headrace.postgres.claim.Claims;
import io.headrace.postgres.claim.PayloadReads;
import io.headrace.postgres.claim.Polls;
import io.headrace.postgres.complete.CompletionLooks;
import io.headrace.postgres.complete.LeaseSplits;
import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.enqueue.PostgresIntake;
import io.headrace.postgres.result.AwaitingClients;
import io.headrace.postgres.settle.Settler;
import io.headrace.postgres.sql.Statements;
import io.headrace.spi.Claim;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.CompletionLook;
import io.headrace.spi.LeaseStore;
import io.headrace.spi.LeasedPart;
import io.headrace.spi.Payload;
import io.headrace.spi.PayloadRequest;
import io.headrace.spi.PollAnswer;
import io.headrace.spi.PollRequest;
import io.headrace.spi.ProgressNote;
import io.headrace.spi.Settlement;
import io.headrace.spi.Verdict;
import java.util.List;
import java.util.stream.IntStream;
import reactor.core.publisher.Mono;

/** The way of a job from its claim to its outcome, through the rooms in which that is done. */
final class PostgresLeases implements LeaseStore {

    private final Claims claims;
    private final Polls polls;
    private final PayloadReads payloads;
    private final Settler settler;
    private final LeaseSplits splits;
    private final CompletionLooks looks;

    PostgresLeases(
            Statements statements,
            Connections connections,
            ClaimCursors cursors,
            PostgresIntake intake,
            AwaitingClients awaiting) {
        this.claims = new Claims(statements, connections, cursors);
        this.polls = new Polls(statements, connections, cursors);
        this.payloads = new PayloadReads(statements, connections);
        this.settler = new Settler(statements, connections, cursors, intake, awaiting);
        this.splits = new LeaseSplits(statements, connections);
        this.looks = new CompletionLooks(statements, connections);
    }

    @Override
    public Mono<Claim> claim(ClaimRequest request) {
        return claims.claim(request);
    }

    @Override
    public Mono<List<Claim>> claim(List<ClaimRequest> requests) {
        return requests.size() == 1 ? claim(requests.get(0)).map(List::of) : claims.claim(requests);
    }

    @Override
    public Mono<List<PollAnswer>> poll(List<PollRequest> requests) {
        return polls.poll(requests);
    }

    @Override
    public Mono<List<Payload>> payloads(List<PayloadRequest> requests) {
        return payloads.read(requests);
    }

    @Override
    public Mono<List<Settlement>> settle(long worker, List<Settlement> settlements) {
        return settler.settle(worker, settlements);
    }

    @Override
    public Mono<List<Long>> split(long worker, List<LeasedPart> parts) {
        return splits.split(worker, parts);
    }

    @Override
    public Mono<List<CompletionLook.Answer>> completions(long worker, List<CompletionLook> asked) {
        return looks.look(worker, asked)
                .flatMap(answers -> settler.tell(completed(asked, answers)).thenReturn(answers));
    }

    private static List<Settlement> completed(List<CompletionLook> asked, List<CompletionLook.Answer> answers) {
        return IntStream.range(0, asked.size())
                .filter(at -> answers.get(at) == CompletionLook.Answer.COMPLETED)
                .mapToObj(at ->
                        new Settlement(asked.get(at).lease(), asked.get(at).job(), false, Verdict.Completed.INSTANCE))
                .toList();
    }

    @Override
    public Mono<Void> note(long worker, List<ProgressNote> notes) {
        return settler.note(worker, notes);
    }
}
