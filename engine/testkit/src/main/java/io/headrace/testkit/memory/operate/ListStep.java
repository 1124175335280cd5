package io.headrace.testkit.memory.operate;

import io.headrace.AttemptFailure;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.operate.JobFilter;
import io.headrace.operate.JobItem;
import io.headrace.spi.JobSlice;
import io.headrace.spi.WorkerId;
import io.headrace.testkit.memory.places.JobPlaces;
import io.headrace.testkit.memory.places.StoredJob;
import io.headrace.testkit.memory.places.UniqueKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists jobs in one state. Guarded by the store's lock. */
final class ListStep {

    private final JobPlaces places;
    private final Instant now;

    ListStep(JobPlaces places, Instant now) {
        this.places = places;
        this.now = now;
    }

    /** A slice, see {@link io.headrace.spi.JobInspector#jobs}. */
    JobSlice slice(JobFilter filter, @Nullable String position, int most) {
        JobState state = Objects.requireNonNull(filter.state(), "state");
        return switch (state) {
            case LEASED -> leased(filter, position, most);
            case PENDING -> pending(filter, position, most);
            case COMPLETED -> completed(filter, position, most);
            case FAILED, CANCELLED, DISCARDED -> tombstones(state, filter, position, most);
        };
    }

    private JobSlice leased(JobFilter filter, @Nullable String position, int most) {
        ListPosition from =
                position == null ? ListPosition.of(0, 0, places.latestLease()) : ListPosition.parse(position, 3);
        long lease = from.number(0);
        long beyond = from.number(1);
        long latest = from.number(2);
        // Leases of later are not among them: the list would never end.
        Stream<StoredJob> rest = places.leases().values().stream()
                .filter(held -> held.id() >= lease && held.id() <= latest)
                .flatMap(held -> held.jobs().values().stream()
                        .filter(job -> held.id() > lease || job.id() > beyond)
                        .sorted(Comparator.comparingLong(StoredJob::id)));
        return slice(
                rest, filter, most, job -> ListPosition.of(places.leaseOf(job).id(), job.id(), latest));
    }

    private JobSlice pending(JobFilter filter, @Nullable String position, int most) {
        ListPosition from = position == null
                ? ListPosition.of("", 0, Instant.MIN, 0, places.moves())
                : ListPosition.parse(position, 5);
        WaitingPlace place = new WaitingPlace(from.text(0), from.number(1), from.moment(2), from.number(3));
        long latest = from.number(4);
        Stream<StoredJob> rest = places.pending().values().stream()
                .flatMap(jobs -> jobs.stream())
                .filter(job -> WaitingPlace.of(job).compareTo(place) > 0)
                // What was put here since the list began is not in it, or it would never end.
                .filter(job -> job.move() <= latest)
                .sorted(Comparator.comparing(WaitingPlace::of));
        return slice(
                rest,
                filter,
                most,
                job -> ListPosition.of(job.content().queue(), job.content().priority(), job.runAt(), job.id(), latest));
    }

    /** Where a job waits. */
    private record WaitingPlace(String queue, long priority, Instant runAt, long id)
            implements Comparable<WaitingPlace> {

        private static final Comparator<WaitingPlace> ORDER = Comparator.comparing(WaitingPlace::queue)
                .thenComparing(WaitingPlace::priority)
                .thenComparing(WaitingPlace::runAt)
                .thenComparing(WaitingPlace::id);

        static WaitingPlace of(StoredJob job) {
            return new WaitingPlace(job.content().queue(), job.content().priority(), job.runAt(), job.id());
        }

        @Override
        public int compareTo(WaitingPlace other) {
            return ORDER.compare(this, other);
        }
    }

    private JobSlice tombstones(JobState state, JobFilter filter, @Nullable String position, int most) {
        long below = position == null
                ? Long.MAX_VALUE
                : ListPosition.parse(position, 1).number(0);
        Stream<StoredJob> rest = places.tombstones().stream()
                .filter(id -> id < below)
                .sorted(Comparator.reverseOrder())
                .map(id -> Objects.requireNonNull(places.jobs().get(id)))
                .filter(job -> job.state() == state);
        return slice(rest, filter, most, job -> ListPosition.of(job.id()));
    }

    private JobSlice completed(JobFilter filter, @Nullable String position, int most) {
        ListPosition from = position == null ? ListPosition.of(Instant.MAX, 0) : ListPosition.parse(position, 2);
        Instant at = from.moment(0);
        long before = from.number(1);
        Stream<StoredJob> rest = places.completed().keySet().stream()
                .map(id -> Objects.requireNonNull(places.jobs().get(id)))
                .filter(job ->
                        completedAt(job).isBefore(at) || (completedAt(job).equals(at) && job.id() < before))
                .filter(job -> filter.uniqueKey() == null || holdsItsKey(job))
                .sorted(Comparator.comparing(this::completedAt)
                        .thenComparing(StoredJob::id)
                        .reversed());
        return slice(rest, filter, most, job -> ListPosition.of(completedAt(job), job.id()));
    }

    private boolean holdsItsKey(StoredJob job) {
        UniqueKey key = job.uniqueKey();
        return key != null && Objects.equals(places.keys().holder(key, now), job.id());
    }

    private Instant completedAt(StoredJob job) {
        return Objects.requireNonNull(places.completed().get(job.id()));
    }

    private JobSlice slice(
            Stream<StoredJob> rest, JobFilter filter, int most, Function<StoredJob, ListPosition> position) {
        List<StoredJob> found =
                rest.filter(job -> matches(job, filter)).limit(most + 1L).toList();
        List<StoredJob> shown = found.subList(0, Math.min(most, found.size()));
        return new JobSlice(
                shown.stream().map(this::item).toList(),
                found.size() > most ? position.apply(shown.get(most - 1)).toString() : null,
                null,
                0);
    }

    private static boolean matches(StoredJob job, JobFilter filter) {
        return job.isOf(filter.queue(), filter.kind())
                && (filter.uniqueKey() == null
                        || filter.uniqueKey().equals(job.content().uniqueKey()))
                && (filter.fingerprint() == null
                        || filter.fingerprint().equals(job.lastFailure().fingerprint()));
    }

    private JobItem item(StoredJob job) {
        JobState state = job.state();
        boolean dead = !state.isLive() && state != JobState.COMPLETED;
        AttemptFailure last = dead ? job.lastFailure() : null;
        return new JobItem(
                new JobId(job.id()),
                state,
                job.content().queue(),
                job.content().kind(),
                job.content().priority(),
                job.attempt(),
                state == JobState.PENDING ? job.runAt() : null,
                state == JobState.COMPLETED ? completedAt(job) : last == null ? null : last.at(),
                job.content().uniqueKey(),
                last == null ? null : last.errorType(),
                last == null ? null : last.message(),
                state == JobState.LEASED ? new WorkerId(places.leaseOf(job).worker()).toString() : null);
    }
}
