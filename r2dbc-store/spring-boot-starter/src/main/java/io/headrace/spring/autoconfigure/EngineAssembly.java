package io.headrace.spring.autoconfigure;

import io.headrace.Backoff;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobType;
import io.headrace.NewJob;
import io.headrace.PayloadCodec;
import io.headrace.PayloadTransform;
import io.headrace.QueueSettings;
import io.headrace.RetryPolicy;
import io.headrace.observe.JobInterceptor;
import io.headrace.observe.JobObserver;
import io.headrace.schedule.Schedule;
import io.headrace.spi.JobStore;
import io.headrace.spring.JobEngineCustomizer;
import io.headrace.spring.QueueCustomizer;
import io.headrace.spring.schedule.ScheduleBeans;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.unit.DataSize;

/** Puts an engine together: what the properties say, then the beans that customize it. */
final class EngineAssembly {

    private final HeadraceProperties properties;
    private final ObjectProvider<PayloadCodec> codec;
    private final ObjectProvider<PayloadTransform> transforms;
    private final ObjectProvider<JobType<?>> types;
    private final ObjectProvider<QueueCustomizer> queueCustomizers;
    private final ObjectProvider<JobEngineCustomizer> engineCustomizers;
    private final ObjectProvider<JobObserver> observers;
    private final ObjectProvider<JobInterceptor> interceptors;
    private final ApplicationVersion version;

    EngineAssembly(
            HeadraceProperties properties,
            ObjectProvider<PayloadCodec> codec,
            ObjectProvider<PayloadTransform> transforms,
            ObjectProvider<JobType<?>> types,
            ObjectProvider<QueueCustomizer> queueCustomizers,
            ObjectProvider<JobEngineCustomizer> engineCustomizers,
            ObjectProvider<JobObserver> observers,
            ObjectProvider<JobInterceptor> interceptors,
            ApplicationVersion version) {
        this.properties = properties;
        this.codec = codec;
        this.transforms = transforms;
        this.types = types;
        this.queueCustomizers = queueCustomizers;
        this.engineCustomizers = engineCustomizers;
        this.observers = observers;
        this.interceptors = interceptors;
        this.version = version;
    }

    /**
     * The schedules that the beans declare, as the properties change them.
     *
     * @param isPart whether there may be properties of schedules that no bean declares
     */
    Collection<Schedule> schedules(
            ConfigurableListableBeanFactory beans, Collection<JobHandler<?>> handlers, boolean isPart) {
        List<JobType<?>> jobs = new ArrayList<>();
        handlers.forEach(handler -> jobs.add(handler.type()));
        types.forEach(jobs::add);
        return new ScheduleOverrides(properties.schedules(), isPart).apply(new ScheduleBeans(beans, jobs).find());
    }

    JobEngine engine(JobStore store, Collection<JobHandler<?>> handlers, Collection<Schedule> schedules) {
        EngineProperties settings = properties.engine();
        JobEngine.Builder builder = JobEngine.builder(store)
                .heartbeatInterval(settings.heartbeatInterval())
                .workerExpiry(settings.workerExpiry())
                .sweepInterval(settings.sweepInterval())
                .failedRetention(settings.retention().failed())
                .completedRetention(settings.retention().completed())
                .fireRetention(settings.retention().fires())
                .decisionRetention(settings.retention().decisions())
                .signalRetention(settings.retention().signals())
                .client(client -> client.maxPayloadBytes(
                                Math.toIntExact(properties.client().maxPayload().toBytes()))
                        .maxWaitingJobs(properties.client().maxWaitingJobs()))
                .codec(codec.getIfUnique(properties.payload()::codec))
                .enqueues(types.stream().toArray(JobType<?>[]::new));
        String name = settings.name();
        if (name != null) {
            builder = builder.name(name);
        }
        String told = settings.version() == null ? version.get() : settings.version();
        if (told != null) {
            builder = builder.version(told);
        }
        DataSize payloadBudget = settings.payloadBudget();
        if (payloadBudget != null) {
            builder = builder.payloadBudget(payloadBudget.toBytes());
        }
        for (JobHandler<?> handler : handlers) {
            builder = builder.subscribe(handler);
        }
        for (Schedule schedule : schedules) {
            builder = builder.schedule(schedule);
        }
        for (String queue : queues(handlers, schedules)) {
            builder = builder.queue(queue, unset -> settings(queue));
        }
        for (PayloadTransform transform : transforms.orderedStream().toList()) {
            builder = builder.transform(transform);
        }
        for (JobObserver observer : observers.orderedStream().toList()) {
            builder = builder.observer(observer);
        }
        for (JobInterceptor interceptor : interceptors.orderedStream().toList()) {
            builder = builder.interceptor(interceptor);
        }
        for (JobEngineCustomizer customizer : engineCustomizers.orderedStream().toList()) {
            builder = customizer.customize(builder);
        }
        return builder.build();
    }

    /** Those that are named; if none is, those on which the handlers' jobs come unless they are sent elsewhere. */
    private Set<String> queues(Collection<JobHandler<?>> handlers, Collection<Schedule> schedules) {
        Set<String> named = properties.queues().keySet();
        if (!named.isEmpty()) {
            return named;
        }
        Set<String> queues = new TreeSet<>(Set.of(JobType.DEFAULT_QUEUE));
        Set<String> kinds = new HashSet<>();
        handlers.forEach(handler -> {
            kinds.add(handler.type().kind());
            queues.add(handler.type().queue());
        });
        schedules.stream()
                .filter(schedule -> kinds.contains(schedule.type().kind()))
                .forEach(schedule -> queues.add(queue(schedule)));
        return queues;
    }

    private static String queue(Schedule schedule) {
        NewJob<?> job = schedule.job();
        return job == null ? schedule.type().queue() : job.queue();
    }

    private QueueSettings settings(String queue) {
        QueueProperties given = properties.queues().get(queue);
        QueueSettings settings = QueueSettings.defaults();
        if (given != null) {
            Integer prefetch = given.prefetch();
            settings = settings.concurrency(given.concurrency()).pollInterval(given.pollInterval());
            settings = prefetch == null ? settings : settings.prefetch(prefetch);
        }
        for (QueueCustomizer customizer : queueCustomizers.orderedStream().toList()) {
            settings = customizer.customize(queue, settings);
        }
        return settings;
    }

    /** What a handler gets that says nothing itself. */
    RetryPolicy policy() {
        EngineProperties.Retry retry = properties.engine().retry();
        return RetryPolicy.defaults()
                .maxAttempts(retry.maxAttempts())
                .backoff(Backoff.exponential(retry.first(), retry.factor(), retry.cap())
                        .jitter(retry.jitter()));
    }
}
