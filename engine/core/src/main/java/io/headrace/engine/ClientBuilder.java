package io.headrace.engine;

import io.headrace.InvalidSettingException;
import io.headrace.JacksonPayloadCodec;
import io.headrace.JobClient;
import io.headrace.PayloadCodec;
import io.headrace.PayloadTransform;
import io.headrace.PayloadTransforms;
import io.headrace.engine.client.ClientSettings;
import io.headrace.engine.client.EnqueueHost;
import io.headrace.engine.client.JobCanceller;
import io.headrace.engine.client.JobEncoder;
import io.headrace.engine.client.JobEnqueuer;
import io.headrace.engine.client.Watches;
import io.headrace.engine.observed.ObservedStore;
import io.headrace.engine.observed.Observers;
import io.headrace.engine.result.Awaits;
import io.headrace.observe.JobInterceptor;
import io.headrace.observe.JobObserver;
import io.headrace.spi.JobStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Settings of a client; an engine's builder has one for its own. */
final class ClientBuilder implements JobClient.Builder {

    private static final int MIB = 1 << 20;
    private static final int MOST_PAYLOAD_BYTES = 256 * MIB;
    /** JSON that waits to be written may take a quarter of the heap; most of it has a byte for each character. */
    private static final int WAITING_PART_OF_HEAP = 4;

    private static final Duration SHORTEST_WATCH = Duration.ofMillis(10);

    private final JobStore store;
    private PayloadCodec codec = new JacksonPayloadCodec();
    private final List<PayloadTransform> transforms = new ArrayList<>();
    private int maxPayloadBytes = MIB;
    private int maxWaitingJobs = 100_000;
    private Duration watchInterval = Duration.ofSeconds(1);
    private final List<JobObserver> observers = new ArrayList<>();
    private final List<JobInterceptor> interceptors = new ArrayList<>();
    private Duration maxKeyWait = Duration.ofSeconds(10);

    ClientBuilder(JobStore store) {
        this.store = Objects.requireNonNull(store, "store");
    }

    @Override
    public ClientBuilder codec(PayloadCodec other) {
        codec = Objects.requireNonNull(other, "codec");
        return this;
    }

    @Override
    public ClientBuilder transform(PayloadTransform transform) {
        transforms.add(Objects.requireNonNull(transform, "transform"));
        return this;
    }

    @Override
    public ClientBuilder maxPayloadBytes(int bytes) {
        maxPayloadBytes = bytes;
        return this;
    }

    @Override
    public ClientBuilder maxWaitingJobs(int jobs) {
        maxWaitingJobs = jobs;
        return this;
    }

    @Override
    public ClientBuilder observer(JobObserver observer) {
        observers.add(Objects.requireNonNull(observer, "observer"));
        return this;
    }

    @Override
    public ClientBuilder interceptor(JobInterceptor interceptor) {
        interceptors.add(Objects.requireNonNull(interceptor, "interceptor"));
        return this;
    }

    @Override
    public ClientBuilder watchInterval(Duration interval) {
        watchInterval = Objects.requireNonNull(interval, "interval");
        return this;
    }

    @Override
    public ClientBuilder maxKeyWait(Duration limit) {
        maxKeyWait = Objects.requireNonNull(limit, "limit");
        return this;
    }

    @Override
    public JobClient build() {
        ClientSettings settings = settings(Schedulers.parallel());
        JobStore observed = ObservedStore.of(store, settings.observer());
        return of(observed, settings, new JobCanceller(observed.decisions(), () -> {}));
    }

    /** A client without an engine. */
    JobClient of(JobStore observed, ClientSettings settings, JobCanceller canceller) {
        Watches watches = new Watches(observed.inspector(), settings.watchInterval(), settings.scheduler());
        return new JobEnqueuer(
                observed,
                encoder(null),
                settings,
                EnqueueHost.NONE,
                canceller,
                watches,
                Awaits.ofClient(observed, watches, settings));
    }

    ClientSettings settings(Scheduler scheduler) {
        if (maxWaitingJobs < 1) {
            throw new InvalidSettingException("maxWaitingJobs", maxWaitingJobs + " is under 1");
        }
        if (watchInterval.compareTo(SHORTEST_WATCH) < 0) {
            throw new InvalidSettingException("watchInterval", watchInterval + " is under " + SHORTEST_WATCH);
        }
        if (maxKeyWait.isNegative()) {
            throw new InvalidSettingException("maxKeyWait", maxKeyWait + " is negative");
        }
        return new ClientSettings(
                maxWaitingJobs,
                Runtime.getRuntime().maxMemory() / WAITING_PART_OF_HEAP,
                maxKeyWait,
                watchInterval,
                scheduler,
                Observers.of(observers),
                interceptors);
    }

    List<JobInterceptor> interceptors() {
        return List.copyOf(interceptors);
    }

    PayloadCodec codec() {
        return codec;
    }

    PayloadTransforms transforms() {
        return PayloadTransforms.of(transforms);
    }

    JobEncoder encoder(@Nullable Set<String> knownKinds) {
        if (maxPayloadBytes < 1 || maxPayloadBytes > MOST_PAYLOAD_BYTES) {
            throw new InvalidSettingException(
                    "maxPayloadBytes", maxPayloadBytes + " is outside 1 to " + MOST_PAYLOAD_BYTES);
        }
        return new JobEncoder(codec, transforms(), maxPayloadBytes, knownKinds);
    }
}
