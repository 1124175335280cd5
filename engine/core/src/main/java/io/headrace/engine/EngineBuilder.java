package io.headrace.engine;

import io.headrace.InvalidSettingException;
import io.headrace.JobClient;
import io.headrace.JobConstraints;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobType;
import io.headrace.PayloadCodec;
import io.headrace.PayloadTransform;
import io.headrace.QueueSettings;
import io.headrace.engine.claim.PayloadBudget;
import io.headrace.engine.run.BlockingThreads;
import io.headrace.engine.run.EngineThreads;
import io.headrace.engine.run.HandlerTable;
import io.headrace.engine.run.OutcomeInterceptor;
import io.headrace.engine.settle.FollowUpInterception;
import io.headrace.observe.JobInterceptor;
import io.headrace.observe.JobObserver;
import io.headrace.schedule.Schedule;
import io.headrace.spi.JobStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Settings of an engine, checked once, in {@link #build()}. */
final class EngineBuilder implements JobEngine.Builder {

    private final JobStore store;
    private ClientBuilder client;
    private final Map<String, QueueSettings> queues = new LinkedHashMap<>();
    private final Map<String, JobHandler<?>> handlers = new LinkedHashMap<>();
    private final Map<String, Schedule> schedules = new LinkedHashMap<>();
    private final Set<String> handledElsewhere = new HashSet<>();
    private @Nullable String name;
    private @Nullable String version;
    private Duration heartbeatInterval = Duration.ofSeconds(10);
    private Duration workerExpiry = Duration.ofSeconds(30);
    private Duration sweepInterval = Duration.ofSeconds(10);
    private Duration grace = Duration.ofSeconds(30);
    private Duration failedRetention = Duration.ofDays(14);
    private Duration completedRetention = Duration.ofDays(7);
    private Duration fireRetention = Duration.ofDays(7);
    private Duration decisionRetention = Duration.ofDays(90);
    private Duration signalRetention = Duration.ofDays(7);
    private Duration progress = Duration.ofSeconds(1);
    private long payloadBudget = PayloadBudget.ofHeap();
    private boolean stopsOnShutdown;
    private @Nullable Scheduler scheduler;
    private @Nullable Scheduler handlerScheduler;

    EngineBuilder(JobStore store) {
        this.store = Objects.requireNonNull(store, "store");
        this.client = new ClientBuilder(store);
    }

    @Override
    public EngineBuilder queue(String queue, UnaryOperator<QueueSettings> settings) {
        if (queues.put(JobConstraints.name("queue", queue), settings.apply(QueueSettings.defaults())) != null) {
            throw new InvalidSettingException("queue", "'" + queue + "' is configured twice");
        }
        return this;
    }

    @Override
    public <T> EngineBuilder subscribe(JobHandler<T> handler) {
        Objects.requireNonNull(handler, "handler");
        String kind = handler.type().kind();
        if (handlers.put(kind, handler) != null) {
            throw new InvalidSettingException("subscribe", "kind '" + kind + "' has two handlers");
        }
        return this;
    }

    @Override
    public EngineBuilder schedule(Schedule schedule) {
        if (schedules.put(schedule.name(), schedule) != null) {
            throw new InvalidSettingException("schedule", "'" + schedule.name() + "' is declared twice");
        }
        return this;
    }

    @Override
    public EngineBuilder fireRetention(Duration retention) {
        fireRetention = retention;
        return this;
    }

    @Override
    public EngineBuilder signalRetention(Duration retention) {
        signalRetention = retention;
        return this;
    }

    @Override
    public EngineBuilder decisionRetention(Duration retention) {
        decisionRetention = retention;
        return this;
    }

    @Override
    public EngineBuilder enqueues(JobType<?>... types) {
        for (JobType<?> type : types) {
            handledElsewhere.add(type.kind());
        }
        return this;
    }

    @Override
    public EngineBuilder codec(PayloadCodec codec) {
        client = client.codec(codec);
        return this;
    }

    @Override
    public EngineBuilder transform(PayloadTransform transform) {
        client = client.transform(transform);
        return this;
    }

    @Override
    public EngineBuilder client(UnaryOperator<JobClient.Builder> settings) {
        if (settings.apply(client) != client) {
            throw new InvalidSettingException("client", "does not return the builder that it was given");
        }
        return this;
    }

    @Override
    public EngineBuilder progressInterval(Duration interval) {
        progress = interval;
        return this;
    }

    @Override
    public EngineBuilder name(String text) {
        name = text;
        return this;
    }

    @Override
    public EngineBuilder version(String text) {
        version = Objects.requireNonNull(text, "version");
        return this;
    }

    @Override
    public EngineBuilder heartbeatInterval(Duration interval) {
        heartbeatInterval = interval;
        return this;
    }

    @Override
    public EngineBuilder workerExpiry(Duration silence) {
        workerExpiry = silence;
        return this;
    }

    @Override
    public EngineBuilder sweepInterval(Duration interval) {
        sweepInterval = interval;
        return this;
    }

    @Override
    public EngineBuilder failedRetention(Duration retention) {
        failedRetention = retention;
        return this;
    }

    @Override
    public EngineBuilder completedRetention(Duration retention) {
        completedRetention = retention;
        return this;
    }

    @Override
    public EngineBuilder grace(Duration time) {
        grace = time;
        return this;
    }

    @Override
    public EngineBuilder payloadBudget(long bytes) {
        payloadBudget = bytes;
        return this;
    }

    @Override
    public EngineBuilder stopOnShutdown() {
        stopsOnShutdown = true;
        return this;
    }

    @Override
    public EngineBuilder observer(JobObserver observer) {
        client = client.observer(observer);
        return this;
    }

    @Override
    public EngineBuilder interceptor(JobInterceptor interceptor) {
        client = client.interceptor(interceptor);
        return this;
    }

    @Override
    public EngineBuilder scheduler(Scheduler other) {
        scheduler = Objects.requireNonNull(other, "scheduler");
        return this;
    }

    @Override
    public EngineBuilder handlerScheduler(Scheduler other) {
        handlerScheduler = Objects.requireNonNull(other, "handlerScheduler");
        return this;
    }

    @Override
    public JobEngine build() {
        positive("heartbeatInterval", heartbeatInterval);
        positive("workerExpiry", workerExpiry);
        positive("sweepInterval", sweepInterval);
        positive("grace", grace);
        positive("failedRetention", failedRetention);
        positive("completedRetention", completedRetention);
        positive("fireRetention", fireRetention);
        positive("decisionRetention", decisionRetention);
        positive("signalRetention", signalRetention);
        positive("progressInterval", progress);
        if (workerExpiry.compareTo(heartbeatInterval.multipliedBy(2)) < 0) {
            throw new InvalidSettingException(
                    "workerExpiry",
                    workerExpiry + " is less than two heartbeat intervals of " + heartbeatInterval
                            + ": one late heartbeat would cost the leases");
        }
        if (payloadBudget < PayloadBudget.LEAST) {
            throw new InvalidSettingException(
                    "payloadBudget", payloadBudget + " bytes is less than the minimum of " + PayloadBudget.LEAST);
        }
        Map<String, QueueSettings> served =
                queues.isEmpty() ? Map.of(JobType.DEFAULT_QUEUE, QueueSettings.defaults()) : queues;
        HandlerTable table = new HandlerTable(intercepted()).fitting(served);
        Set<String> known = new HashSet<>(handlers.keySet());
        known.addAll(handledElsewhere);
        EngineSettings settings = new EngineSettings(
                EngineName.of(name),
                EngineVersion.of(version),
                served,
                table,
                EngineSettings.ofKnownKinds(schedules, known),
                client.codec(),
                client.transforms(),
                new EngineSettings.Timing(
                        heartbeatInterval,
                        workerExpiry,
                        sweepInterval,
                        failedRetention,
                        completedRetention,
                        fireRetention,
                        decisionRetention,
                        signalRetention,
                        grace,
                        progress),
                payloadBudget,
                EngineThreads.of(scheduler, handlerScheduler),
                stopsOnShutdown);
        int concurrency =
                served.values().stream().mapToInt(QueueSettings::concurrency).sum();
        return new Engine(
                store,
                settings,
                client.encoder(known),
                client.settings(scheduler == null ? Schedulers.parallel() : scheduler),
                table.anyBlocks() ? BlockingThreads.scheduler(concurrency) : Schedulers.immediate());
    }

    private Map<String, JobHandler<?>> intercepted() {
        Map<String, JobHandler<?>> around = new LinkedHashMap<>(handlers);
        List<JobInterceptor> innermostFirst = new ArrayList<>(client.interceptors());
        Collections.reverse(innermostFirst);
        if (!innermostFirst.isEmpty()) {
            innermostFirst.add(0, new OutcomeInterceptor(new FollowUpInterception(client.interceptors())));
        }
        for (JobInterceptor interceptor : innermostFirst) {
            around.replaceAll((kind, handler) -> handler.intercept(interceptor));
        }
        return around;
    }

    private static void positive(String setting, Duration value) {
        Objects.requireNonNull(value, setting);
        if (value.isZero() || value.isNegative()) {
            throw new InvalidSettingException(setting, value + " is not positive");
        }
    }
}
