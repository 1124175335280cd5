package io.headrace.engine.complete;

import io.headrace.engine.flush.SharedCalls;
import io.headrace.engine.guard.LoopGuard;
import io.headrace.engine.lease.LeaseBook;
import io.headrace.engine.lease.LeasedJob;
import io.headrace.engine.settle.JobSettler;
import io.headrace.engine.settle.ProgressNotes;
import io.headrace.spi.CompletionLook;
import io.headrace.spi.LeaseStore;
import io.headrace.spi.LeasedPart;
import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** What attempts share that complete jobs or record steps in transactions. Thread-safe. */
public final class Completions {

    private static final int MOST_JOBS = 500;

    private final LongSupplier worker;
    private final LeaseBook book;
    private final ProgressNotes notes;
    private final SharedCalls<LeasedPart, Long> splits;
    private final SharedCalls<CompletionLook, CompletionLook.Answer> looks;
    private final JobSettler settler;
    private final EndedInTransaction ended;

    public Completions(
            LeaseStore store,
            LongSupplier worker,
            LeaseBook book,
            ProgressNotes notes,
            JobSettler settler,
            Scheduler scheduler,
            LoopGuard guard) {
        this.worker = worker;
        this.book = book;
        this.notes = notes;
        this.settler = settler;
        this.splits = new SharedCalls<>(MOST_JOBS, 1, parts -> store.split(worker.getAsLong(), parts));
        this.looks = new SharedCalls<>(MOST_JOBS, 1, asked -> store.completions(worker.getAsLong(), asked));
        this.ended = new EndedInTransaction(looks, settler, scheduler, guard);
    }

    long worker() {
        return worker.getAsLong();
    }

    JobSettler settler() {
        return settler;
    }

    /** How attempts end that have done something in transactions. */
    EndedInTransaction ended() {
        return ended;
    }

    Mono<CompletionLook.Answer> look(CompletionLook at) {
        return looks.ask(at);
    }

    /** Gives a job a lease of its own; answers whether it was still in its lease. */
    Mono<Boolean> split(LeasedJob job) {
        long shared = job.lease().id();
        long id = job.job().id();
        return splits.ask(new LeasedPart(shared, id)).map(own -> {
            if (own == 0) {
                return false;
            }
            if (own != shared) {
                book.move(job, own);
                notes.moved(job, shared);
            }
            return true;
        });
    }
}
