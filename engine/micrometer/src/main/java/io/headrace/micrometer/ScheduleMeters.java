package io.headrace.micrometer;

import io.headrace.schedule.FireCause;
import io.headrace.schedule.FireOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is counted of schedules, by the kind of their jobs: the names of schedules may come from data. The counters of a kind
 * are all there from its first fire on, or the first failure would be no increase. Thread-safe.
 */
final class ScheduleMeters {

    private final MeterRegistry registry;
    private final Tags common;
    private final Map<String, OfKind> byKind = new ConcurrentHashMap<>();

    ScheduleMeters(MeterRegistry registry, Tags common) {
        this.registry = registry;
        this.common = common;
    }

    void fired(String kind, FireCause cause, FireOutcome outcome, Duration lag) {
        OfKind meters = of(kind);
        meters.fires(cause, outcome).increment();
        // Of one that has waited it is zero: how late it was has been recorded when it began to.
        if (cause == FireCause.DUE && !lag.isZero()) {
            meters.lag.record(lag);
        }
    }

    void missed(String kind, long instants) {
        of(kind).missed.increment((double) instants);
    }

    private OfKind of(String kind) {
        return byKind.computeIfAbsent(kind, name -> new OfKind(registry, common.and("kind", name)));
    }

    private static final class OfKind {

        private final Timer lag;
        private final Counter missed;
        private final Map<FireCause, Map<FireOutcome, Counter>> fires = new EnumMap<>(FireCause.class);

        OfKind(MeterRegistry registry, Tags tags) {
            this.lag = Timer.builder("headrace.schedule.lag")
                    .description("Time between the due time of a schedule and its fire")
                    .tags(tags)
                    .register(registry);
            this.missed = Counter.builder("headrace.schedule.missed")
                    .description("Missed instants that this engine passed over")
                    .tags(tags)
                    .register(registry);
            for (FireCause cause : FireCause.values()) {
                Map<FireOutcome, Counter> byOutcome = new EnumMap<>(FireOutcome.class);
                for (FireOutcome outcome : FireOutcome.values()) {
                    byOutcome.put(outcome, fires(cause, outcome, registry, tags));
                }
                fires.put(cause, byOutcome);
            }
        }

        private static Counter fires(FireCause cause, FireOutcome outcome, MeterRegistry registry, Tags tags) {
            return Counter.builder("headrace.schedule.fires")
                    .description("Fires of schedules by this process")
                    .tags(tags.and("cause", text(cause), "outcome", text(outcome)))
                    .register(registry);
        }

        Counter fires(FireCause cause, FireOutcome outcome) {
            return Objects.requireNonNull(
                    Objects.requireNonNull(fires.get(cause)).get(outcome));
        }

        private static String text(Enum<?> value) {
            return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
