package io.headrace.spring.bean;

import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** The beans of an application and their classes, without the proxies around them. Makes none of the beans. */
public record BeanTypes(ConfigurableListableBeanFactory beans) {

    /** Calls back with the name and the class of each bean whose class can be told. */
    public void forEach(BiConsumer<String, Class<?>> look) {
        for (String bean : beans.getBeanNamesForType(Object.class, true, false)) {
            Class<?> type = ScopedProxyUtils.isScopedTarget(bean) ? null : typeOf(bean);
            if (type != null) {
                look.accept(bean, type);
            }
        }
    }

    private @Nullable Class<?> typeOf(String bean) {
        try {
            return AutoProxyUtils.determineTargetClass(beans, bean);
        } catch (RuntimeException | LinkageError e) {
            // Of a bean whose type is unknown before it is made, or whose class is not complete here: none of ours.
            return null;
        }
    }

    /** Makes the bean if it is a singleton, and returns what gets it for each call. */
    public Supplier<Object> target(String bean) {
        if (!beans.isSingleton(bean)) {
            return () -> beans.getBean(bean);
        }
        Object singleton = beans.getBean(bean);
        return () -> singleton;
    }
}
