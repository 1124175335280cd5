package io.headrace.spring.schedule;

import io.headrace.JobType;
import io.headrace.NewJob;
import io.headrace.schedule.Fire;
import io.headrace.spring.bean.BeanMethod;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes the job of a fire from what a method returns.
 *
 * @param type the type of the job if the method returns a payload
 * @param priority of the job if the method returns a payload; -1 for the default
 * @param method the method
 * @param takesFire whether it takes the fire
 * @param where for people to read
 */
record Made(JobType<Object> type, int priority, BeanMethod method, boolean takesFire, String where)
        implements Function<Fire, NewJob<Object>> {

    @Override
    @SuppressWarnings("unchecked") // core checks the kind, and what the job carries becomes JSON
    public NewJob<Object> apply(Fire fire) {
        Object made = call(fire);
        if (made == null) {
            throw new IllegalStateException(where + " returned null instead of a payload");
        }
        return made instanceof NewJob<?> job ? (NewJob<Object>) job : Made.job(type, priority, made);
    }

    static NewJob<Object> job(JobType<Object> type, int priority, Object payload) {
        NewJob<Object> job = type.job(payload);
        return priority < 0 ? job : job.priority(priority);
    }

    private @Nullable Object call(Fire fire) {
        try {
            return takesFire ? method.call(fire) : method.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(where + " threw " + e, e);
        }
    }
}
