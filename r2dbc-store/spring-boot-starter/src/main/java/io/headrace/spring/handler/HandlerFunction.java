package io.headrace.spring.handler;

import io.headrace.Job;
import io.headrace.JobBatch;
import io.headrace.JobHandler;
import io.headrace.JobType;
import io.headrace.RetryPolicy;
import io.headrace.spring.HandlesJob;
import java.util.function.Function;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.ResolvableType;

/** A function that is a bean as a handler. */
final class HandlerFunction {

    private final String where;
    private final Settings settings;
    private final ResolvableType declared;

    HandlerFunction(ConfigurableListableBeanFactory beans, String bean, HandlesJob annotation) {
        this.where = "bean '" + bean + "'";
        this.settings = new Settings(beans, annotation, where);
        this.declared = declaration(beans, bean);
    }

    /** Whether a function takes jobs, annotated or not. */
    static boolean takesJobs(ConfigurableListableBeanFactory beans, String bean) {
        Taken taken = Taken.of(declaration(beans, bean).getGeneric(0), false);
        return taken == Taken.JOB || taken == Taken.BATCH;
    }

    /** What it is as its bean method or class declares it: a lambda does not know its own types. */
    private static ResolvableType declaration(ConfigurableListableBeanFactory beans, String bean) {
        ResolvableType type = beans.containsBeanDefinition(bean)
                        && beans.getMergedBeanDefinition(bean) instanceof RootBeanDefinition definition
                ? definition.getResolvableType()
                : ResolvableType.forClass(beans.getType(bean));
        return type.as(Function.class);
    }

    String where() {
        return where;
    }

    @SuppressWarnings("unchecked") // what it takes is what it is declared to take
    JobHandler<?> handler(Object bean, RetryPolicy base) {
        ResolvableType parameter = declared.getGeneric(0);
        Taken taken = Taken.of(parameter, false);
        if (taken != Taken.JOB && taken != Taken.BATCH) {
            throw Unusable.payload(where);
        }
        if (settings.areOfBatch() && !taken.isBatch()) {
            throw Unusable.takesOne(where);
        }
        if (settings.areTransactional() && taken.isBatch()) {
            throw Unusable.batchInTransaction(where);
        }
        JobType<Object> type = settings.type(taken.payload(parameter, where));
        Class<?> returned = declared.getGeneric(1).toClass();
        if (taken == Taken.BATCH) {
            return settings.apply(
                    Call.handler(((Function<JobBatch<Object>, Object>) bean)::apply, type, returned, settings.batch()),
                    base);
        }
        Call<Job<Object>> call = ((Function<Job<Object>, Object>) bean)::apply;
        return settings.apply(
                settings.areTransactional()
                        ? Call.handler(call, type, returned, where, settings.transaction())
                        : Call.handler(call, type, returned),
                base);
    }
}
