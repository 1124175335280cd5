package io.headrace.spring.handler;

import io.headrace.JobHandler;
import io.headrace.spring.HandlesJob;
import io.headrace.spring.bean.BeanTypes;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;

/**
 * Finds the handlers among the beans: {@link JobHandler} beans, annotated functions, annotated methods. Inspects the
 * types of beans, and instantiates only those that handle jobs. Not thread-safe.
 */
public final class HandlerBeans {

    private final ConfigurableListableBeanFactory beans;
    private final BeanTypes types;
    private final HandlerDefaults defaults;
    private final Map<String, JobHandler<?>> handlers = new LinkedHashMap<>();
    private final Map<String, String> places = new LinkedHashMap<>();

    public HandlerBeans(ConfigurableListableBeanFactory beans, HandlerDefaults defaults) {
        this.beans = beans;
        this.types = new BeanTypes(beans);
        this.defaults = defaults;
    }

    /**
     * Returns all handlers, in the order of their beans.
     *
     * @throws io.headrace.spring.HeadraceSetupException if a handler cannot be used, or two handlers have the same kind
     */
    public Collection<JobHandler<?>> find() {
        types.forEach((bean, type) -> {
            lookAtBean(bean, type);
            lookAtMethods(bean, type);
        });
        return handlers.values();
    }

    private void lookAtBean(String bean, Class<?> type) {
        HandlesJob annotation = beans.findAnnotationOnBean(bean, HandlesJob.class, false);
        if (JobHandler.class.isAssignableFrom(type)) {
            add(beans.getBean(bean, JobHandler.class), "bean '" + bean + "'");
        } else if (!Function.class.isAssignableFrom(type)) {
            if (annotation != null) {
                throw Unusable.notAFunction("bean '" + bean + "'", type);
            }
        } else if (annotation != null) {
            HandlerFunction function = new HandlerFunction(beans, bean, annotation);
            add(function.handler(beans.getBean(bean), defaults.policy()), function.where());
        } else if (HandlerFunction.takesJobs(beans, bean)) {
            throw Unusable.unnamed("bean '" + bean + "'");
        }
    }

    private void lookAtMethods(String bean, Class<?> type) {
        if (!AnnotationUtils.isCandidateClass(type, HandlesJob.class)) {
            return;
        }
        annotatedMethods(type).forEach((method, annotation) -> {
            HandlerMethod handler = new HandlerMethod(beans, bean, type, method, annotation);
            add(handler.handler(types.target(bean), defaults.policy()), handler.where());
        });
    }

    /** A bean method's annotation speaks of the function that it makes. */
    private static Map<Method, HandlesJob> annotatedMethods(Class<?> type) {
        return MethodIntrospector.selectMethods(type, (MethodIntrospector.MetadataLookup<@Nullable HandlesJob>)
                method -> AnnotatedElementUtils.hasAnnotation(method, Bean.class)
                        ? null
                        : AnnotatedElementUtils.findMergedAnnotation(method, HandlesJob.class));
    }

    private void add(JobHandler<?> handler, String place) {
        String kind = handler.type().kind();
        String other = places.putIfAbsent(kind, place);
        if (other != null) {
            throw Unusable.twoFor(kind, other, place);
        }
        handlers.put(kind, defaults.apply(handler));
    }
}
