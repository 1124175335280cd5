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
        check(jobs);
        List<Enqueued> answers = new ArrayList<>(jobs.size());
        for (EncodedJob job : jobs) {
            answers.add(enqueue(job));
        }
        return answers;
    }

    /** @throws io.headrace.InvalidJobException if one of them cannot be stored */
    static void check(List<EncodedJob> jobs) {
        jobs.forEach(EnqueueStep::check);
    }

    private static void check(EncodedJob job) {
        StorableJson.check("payload", job.payload());
        if (job.headers() != null) {
            StorableJson.check("headers", job.headers());
        }
    }

    private Enqueued enqueue(EncodedJob content) {
        EnqueueTerms terms = content.terms();
        if (terms != null) {
            return terms.fold(new OnTerms(content));
        }
        return content.uniqueKey() == null ? add(content) : addUnique(content, content.uniqueKey(), null);
    }

    /** What each of the terms makes of a job. */
    private final class OnTerms implements EnqueueTerms.Cases<Enqueued> {

        private final EncodedJob content;

        OnTerms(EncodedJob content) {
            this.content = content;
        }

        @Override
        public Enqueued uniqueFor(EnqueueTerms.UniqueFor terms) {
            return addUnique(content, Objects.requireNonNull(content.uniqueKey()), now.plus(terms.period()));
        }

        @Override
        public Enqueued throttle(EnqueueTerms.Throttle terms) {
            UniqueKey key = new UniqueKey(content.kind(), terms.key());
            Long latest = places.throttles().refusal(key, terms, now);
            if (latest != null) {
                return content.answeredWith(new JobId(latest));
            }
            Enqueued added = add(content);
            places.throttles().admit(key, terms, added.id().value(), now);
            return added;
        }

        @Override
        public Enqueued debounce(EnqueueTerms.Debounce terms) {
            UniqueKey key = new UniqueKey(content.kind(), terms.key());
            StoredJob waiting = places.debounces().waiting(key, places.jobs());
            if (waiting == null) {
                Enqueued added = add(content);
                places.debounces().start(key, added.id().value(), runAt(content), now);
                return added;
            }
            Instant runAt = places.debounces().replace(key, runAt(content), terms.atMost());
            places.replace(waiting, new StoredJob(waiting.id(), content, runAt), now);
            return content.answeredWith(new JobId(waiting.id()));
        }
    }

    private Enqueued addUnique(EncodedJob content, String key, @Nullable Instant keptUntil) {
        UniqueKey unique = new UniqueKey(content.kind(), key);
        Long holder = places.keys().holder(unique, now);
        if (holder != null) {
            return content.answeredWith(new JobId(holder));
        }
        Enqueued added = add(content);
        places.keys().take(unique, added.id().value(), keptUntil);
        return added;
    }

    private Enqueued add(EncodedJob content) {
        StoredJob job = new StoredJob(drawId(), content, runAt(content));
        places.add(job, now);
        return new Enqueued(new JobId(job.id()), true);
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
