package io.headrace.spring;

import io.headrace.schedule.Overlap;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a schedule, on a method of a bean. The schedule is stored when the engine starts, and fires on any engine that
 * declares it.
 *
 * <p>A method that <b>makes the payload</b> of the job takes a {@code Fire} or nothing, and returns the payload or a
 * {@code NewJob<T>}. It is called when the schedule fires and must be fast: it must not block, and must not return a
 * publisher. The job is of the kind whose handler takes this payload; {@link #job} names the kind if there are several.
 *
 * <pre>{@code
 * @Component
 * class Reports {
 *     @JobSchedule(name = "nightly-report", cron = "0 3 * * *", zone = "Europe/Berlin")
 *     Report nightly(Fire fire) {
 *         return new Report(fire.time().toLocalDate().minusDays(1));
 *     }
 *
 *     @HandlesJob("report")
 *     Mono<Void> write(Report report) { … }
 * }
 * }</pre>
 *
 * <p>On a <b>handler</b>, a method that is annotated with {@link HandlesJob} as well and takes a {@code Fire} or a
 * {@code Job<Fire>}, the fire itself is the payload.
 *
 * <p>One of {@link #cron} and {@link #every} is required. The texts may be placeholders. The properties
 * {@code headrace.schedules.NAME.…} override what is declared. For a schedule whose job is always the same, declare a bean
 * of type {@link io.headrace.schedule.Schedule}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(JobSchedule.Several.class)
public @interface JobSchedule {

    /** The name under which the schedule is stored, 1 to 100 characters. A schedule with another name is another one. */
    String name();

    /**
     * When it fires: a cron expression with five fields, or with six if the first are the seconds, such as
     * {@code 0 3 * * *}.
     */
    String cron() default "";

    /** The time zone of the cron, such as {@code Europe/Berlin}; UTC by default. */
    String zone() default "";

    /** When it fires: once per period, such as {@code 30s}, {@code 5m} or {@code PT1H}. */
    String every() default "";

    /** The kind of the jobs. By default, the kind whose handler takes what the method returns. */
    String job() default "";

    /** The queue of the jobs. By default, that of the handler. */
    String queue() default "";

    /** The priority of the jobs, from 0 (first) to 9 (last); 4 by default. */
    String priority() default "";

    /** Up to how much later each fire is, such as {@code 30s}, so that schedules do not all fire at once; at most a day. */
    String jitter() default "";

    /**
     * What happens with instants that were missed because no engine ran: {@code ONCE} (the default), {@code SKIP}, or
     * {@code ALL(n)} with a cap from 1 to 1,000.
     */
    String misfire() default "";

    /** What happens if the job of the last fire has not ended. */
    Overlap overlap() default Overlap.ALLOW;

    /** Several schedules on one method. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface Several {

        /** The schedules. */
        JobSchedule[] value();
    }
}
