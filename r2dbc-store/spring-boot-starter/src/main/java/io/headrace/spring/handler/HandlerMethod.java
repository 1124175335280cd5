package io.headrace.spring.handler;

import io.headrace.Job;
import io.headrace.JobHandler;
import io.headrace.JobType;
import io.headrace.RetryPolicy;
import io.headrace.spring.HandlesJob;
import io.headrace.spring.bean.BeanMethod;
import java.lang.reflect.Method;
import java.util.function.Supplier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/** An annotated method of a bean as a handler. */
final class HandlerMethod {

    private static final String CONTINUATION = "kotlin.coroutines.Continuation";

    private final Method method;
    private final String where;
    private final Settings settings;
    private final Taken taken;
    private final ResolvableType payload;

    HandlerMethod(
            ConfigurableListableBeanFactory beans, String bean, Class<?> type, Method method, HandlesJob annotation) {
        this.method = method;
        this.where = ClassUtils.getShortName(type) + "." + method.getName() + " of bean '" + bean + "'";
        this.settings = new Settings(beans, annotation, where);
        Class<?>[] parameters = method.getParameterTypes();
        if (parameters.length > 0 && parameters[parameters.length - 1].getName().equals(CONTINUATION)) {
            throw Unusable.suspend(where);
        }
        if (parameters.length != 1) {
            throw Unusable.parameters(where);
        }
        ResolvableType parameter = ResolvableType.forMethodParameter(method, 0, type);
        this.taken = Taken.of(parameter, settings.areOfBatch());
        if (settings.areOfBatch() && !taken.isBatch()) {
            throw Unusable.takesOne(where);
        }
        if (settings.areTransactional() && taken.isBatch()) {
            throw Unusable.batchInTransaction(where);
        }
        this.payload = taken.payload(parameter, where);
    }

    /** For people to read. */
    String where() {
        return where;
    }

    /** @param bean gets the bean, for each job */
    JobHandler<?> handler(Supplier<Object> bean, RetryPolicy base) {
        BeanMethod callable = callable(bean);
        JobType<Object> type = settings.type(payload);
        Class<?> returned = method.getReturnType();
        if (taken.isBatch()) {
            return settings.apply(
                    Call.handler(batch -> callable.call(taken.from(batch)), type, returned, settings.batch()), base);
        }
        Call<Job<Object>> call = job -> callable.call(taken == Taken.JOB ? job : job.payload());
        return settings.apply(
                settings.areTransactional()
                        ? Call.handler(call, type, returned, where, settings.transaction())
                        : Call.handler(call, type, returned),
                base);
    }

    private BeanMethod callable(Supplier<Object> bean) {
        try {
            return new BeanMethod(method, bean);
        } catch (IllegalStateException e) {
            throw Unusable.unreachable(where, e);
        }
    }
}
