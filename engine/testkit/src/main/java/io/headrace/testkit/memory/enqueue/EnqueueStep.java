package io.headrace.testkit.memory.enqueue;

import io.headrace.Enqueued;
import io.headrace.JobId;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.EnqueueTerms;
import io.headrace.testkit.memory.places.JobPlaces;
import io.headrace.testkit.memory.places.StoredJob;
import io.headrace.testkit.memory.places.UniqueKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Adds jobs, all or none. Guarded by the store's lock. */
final class EnqueueStep {

    private final JobPlaces places;
    private final IdBlocks blocks;
    private final Instant now;
    private long nextId;
    private int leftInBlock;

    EnqueueStep(JobPlaces places, IdBlocks blocks, Instant now) {
        this.places = places;
        this.blocks = blocks;
        this.now = now;
    }

    List<Enqueued> run(List<EncodedJob> jobs) {
        jobs.forEach(EnqueueStep::check);
        List<Enqueued> answers = new ArrayList<>(jobs.size());
        for (EncodedJob job : jobs) {
            answers.add(enqueue(job));
        }
        return answers;
    }

    private static void check(EncodedJob job) {
        StorableJson.check("payload", job.payload());
        if (job.headers() != null) {
            StorableJson.check("headers", job.headers());
        }
    }

    private Enqueued enqueue(EncodedJob content) {
        String key = content.uniqueKey();
        if (key == null) {
            return add(content);
        }
        UniqueKey unique = new UniqueKey(content.kind(), key);
        Long holder = places.keys().holder(unique, now);
        if (holder != null) {
            return new Enqueued(new JobId(holder), false);
        }
        Enqueued added = add(content);
        places.keys().take(unique, added.id().value(), keptUntil(content));
        return added;
    }

    private Enqueued add(EncodedJob content) {
        StoredJob job = new StoredJob(drawId(), content, runAt(content));
        places.add(job, now);
        return new Enqueued(new JobId(job.id()), true);
    }

    private @Nullable Instant keptUntil(EncodedJob content) {
        EnqueueTerms terms = content.terms();
        return terms == null ? null : terms.fold(uniqueFor -> now.plus(uniqueFor.period()));
    }

    private Instant runAt(EncodedJob content) {
        Instant wanted = Objects.requireNonNullElseGet(content.runAt(), () -> now.plus(content.delay()));
        return wanted.isBefore(now) ? now : wanted;
    }

    private long drawId() {
        if (leftInBlock == 0) {
            nextId = blocks.next(now);
            leftInBlock = JobId.BLOCK_SIZE;
        }
        leftInBlock--;
        return nextId++;
    }
}
