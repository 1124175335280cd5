package io.headrace.spring.schedule;

import io.headrace.JobType;
import io.headrace.schedule.Schedule;
import io.headrace.spring.JobSchedule;
import io.headrace.spring.bean.BeanTypes;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;

/**
 * Finds the schedules among the beans: {@link Schedule} beans and annotated methods. Inspects the types of beans, and
 * instantiates only those that declare schedules. Not thread-safe.
 */
public final class ScheduleBeans {

    private final ConfigurableListableBeanFactory beans;
    private final BeanTypes types;
    private final KnownTypes known;
    private final Map<String, Schedule> schedules = new LinkedHashMap<>();
    private final Map<String, String> places = new LinkedHashMap<>();

    /** @param jobs the types of the jobs that the application handles, then those that it enqueues for others */
    public ScheduleBeans(ConfigurableListableBeanFactory beans, Collection<JobType<?>> jobs) {
        this.beans = beans;
        this.types = new BeanTypes(beans);
        this.known = new KnownTypes(jobs);
    }

    /**
     * Returns all schedules by name, in the order of their beans.
     *
     * @throws io.headrace.spring.HeadraceSetupException if a schedule cannot be, or two have the same name
     */
    public Map<String, Schedule> find() {
        types.forEach((bean, type) -> {
            if (Schedule.class.isAssignableFrom(type)) {
                add(bean(bean), "bean '" + bean + "'");
            } else {
                lookAtMethods(bean, type);
            }
        });
        return schedules;
    }

    private Schedule bean(String bean) {
        Schedule schedule = beans.getBean(bean, Schedule.class);
        String kind = schedule.type().kind();
        if (known.ofKind(kind).isEmpty()) {
            throw Misdeclared.noHandler("Schedule '" + schedule.name() + "' of bean '" + bean + "'", kind);
        }
        return schedule;
    }

    private void lookAtMethods(String bean, Class<?> type) {
        if (!AnnotationUtils.isCandidateClass(type, JobSchedule.class)) {
            return;
        }
        annotatedMethods(type).forEach((method, annotations) -> {
            ScheduleMethod declared = new ScheduleMethod(beans, bean, type, method, known);
            annotations.forEach(each -> add(declared.schedule(each, types.target(bean)), declared.where()));
        });
    }

    private static Map<Method, Set<JobSchedule>> annotatedMethods(Class<?> type) {
        return MethodIntrospector.selectMethods(type, (MethodIntrospector.MetadataLookup<@Nullable Set<JobSchedule>>)
                method -> {
                    Set<JobSchedule> all =
                            AnnotatedElementUtils.findMergedRepeatableAnnotations(method, JobSchedule.class);
                    return all.isEmpty() ? null : all;
                });
    }

    private void add(Schedule schedule, String place) {
        String other = places.putIfAbsent(schedule.name(), place);
        if (other != null) {
            throw Misdeclared.twice(schedule.name(), other, place);
        }
        schedules.put(schedule.name(), schedule);
    }
}
