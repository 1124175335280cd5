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
    private final boolean takesJob;
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
        this.takesJob = Job.class.equals(parameter.resolve());
        this.payload = Payload.of(takesJob ? parameter.getGeneric(0) : parameter, where);
    }

    /** For people to read. */
    String where() {
        return where;
    }

    /** @param bean gets the bean, for each job */
    JobHandler<?> handler(Supplier<Object> bean, RetryPolicy base) {
        BeanMethod callable = callable(bean);
        Call call = job -> callable.call(takesJob ? job : job.payload());
        JobType<Object> type = settings.type(payload);
        return settings.apply(call.handler(type, method.getReturnType()), base);
    }

    private BeanMethod callable(Supplier<Object> bean) {
        try {
            return new BeanMethod(method, bean);
        } catch (IllegalStateException e) {
            throw Unusable.unreachable(where, e);
        }
    }
}
