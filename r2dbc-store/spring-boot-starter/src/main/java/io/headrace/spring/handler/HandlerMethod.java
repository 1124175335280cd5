package io.headrace.spring.handler;

import io.headrace.Job;
import io.headrace.JobHandler;
import io.headrace.JobType;
import io.headrace.RetryPolicy;
import io.headrace.spring.HandlesJob;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

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

    /**
     * @param bean gets the bean, for each job
     * @param beanClass what it is of, a proxy's class perhaps
     */
    JobHandler<?> handler(Supplier<Object> bean, Class<?> beanClass, RetryPolicy base) {
        Method invocable = invocable(beanClass);
        Call call = job -> invoke(invocable, bean.get(), takesJob ? job : job.payload());
        JobType<Object> type = settings.type(payload);
        return settings.apply(call.handler(type, method.getReturnType()), base);
    }

    private Method invocable(Class<?> beanClass) {
        if (Modifier.isPrivate(method.getModifiers())) {
            throw Unusable.unreachable(where, null);
        }
        try {
            Method invocable = AopUtils.selectInvocableMethod(method, beanClass);
            ReflectionUtils.makeAccessible(invocable);
            return invocable;
        } catch (IllegalStateException e) {
            throw Unusable.unreachable(where, e);
        }
    }

    private static @Nullable Object invoke(Method method, Object bean, Object argument) throws Exception {
        try {
            return method.invoke(bean, argument);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof Exception thrown ? thrown : e;
        }
    }
}
