package io.headrace.spring.bean;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.util.ReflectionUtils;

/** A method that can be called on its bean, whatever proxy is around it. Thread-safe. */
public final class BeanMethod {

    private final Method method;
    private final Supplier<Object> bean;

    /**
     * Finds the method that can be called.
     *
     * @param bean gets the bean, for each call
     * @throws IllegalStateException if the method is private, or hidden by a proxy
     */
    public BeanMethod(Method method, Supplier<Object> bean) {
        if (Modifier.isPrivate(method.getModifiers())) {
            throw new IllegalStateException(method + " is private");
        }
        this.method = AopUtils.selectInvocableMethod(method, bean.get().getClass());
        this.bean = bean;
        ReflectionUtils.makeAccessible(this.method);
    }

    /**
     * Calls it.
     *
     * @throws Exception that the code of the application threw
     */
    public @Nullable Object call(Object... arguments) throws Exception {
        try {
            return method.invoke(bean.get(), arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof Exception thrown ? thrown : e;
        }
    }
}
