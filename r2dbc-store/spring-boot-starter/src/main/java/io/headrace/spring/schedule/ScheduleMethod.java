package io.headrace.spring.schedule;

import io.headrace.Job;
import io.headrace.JobType;
import io.headrace.NewJob;
import io.headrace.schedule.Fire;
import io.headrace.schedule.Schedule;
import io.headrace.spring.HandlesJob;
import io.headrace.spring.JobSchedule;
import io.headrace.spring.bean.BeanMethod;
import java.lang.reflect.Method;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;

/** An annotated method of a bean as a schedule. */
final class ScheduleMethod {

    private static final String CONTINUATION = "kotlin.coroutines.Continuation";

    private final ConfigurableListableBeanFactory beans;
    private final Class<?> type;
    private final Method method;
    private final String where;
    private final KnownTypes known;

    ScheduleMethod(ConfigurableListableBeanFactory beans, String bean, Class<?> type, Method method, KnownTypes known) {
        this.beans = beans;
        this.type = type;
        this.method = method;
        this.where = ClassUtils.getShortName(type) + "." + method.getName() + " of bean '" + bean + "'";
        this.known = known;
    }

    /** For people to read. */
    String where() {
        return where;
    }

    /** @param bean gets the bean, for each fire */
    Schedule schedule(JobSchedule annotation, Supplier<Object> bean) {
        if (AnnotatedElementUtils.hasAnnotation(method, Bean.class)) {
            throw Misdeclared.onBeanMethod(where);
        }
        AnnotatedTerms terms = new AnnotatedTerms(beans, annotation, where);
        HandlesJob handler = AnnotatedElementUtils.findMergedAnnotation(method, HandlesJob.class);
        return handler == null ? making(terms, bean) : handling(terms, handler);
    }

    /** The fire is the payload. */
    private Schedule handling(AnnotatedTerms terms, HandlesJob handler) {
        ResolvableType parameter = ResolvableType.forMethodParameter(method, 0, type);
        ResolvableType payload = Job.class.equals(parameter.resolve()) ? parameter.getGeneric(0) : parameter;
        if (!Fire.class.equals(payload.resolve())) {
            throw Misdeclared.handlerWithoutFire(where, payload.toString());
        }
        String kind =
                String.valueOf(beans.resolveEmbeddedValue(handler.value())).strip();
        if (!terms.kind().isEmpty() && !terms.kind().equals(kind)) {
            throw Misdeclared.ofAnotherHandler(where, terms.kind(), kind);
        }
        JobType<Object> ofHandler = onQueue(terms, named(kind));
        int priority = terms.priority();
        return made(terms, ofHandler, fire -> Made.job(ofHandler, priority, fire));
    }

    private Schedule making(AnnotatedTerms terms, Supplier<Object> bean) {
        boolean takesFire = takesFire();
        ResolvableType returned = returned();
        boolean isJob = NewJob.class.equals(returned.resolve());
        if (isJob && !terms.queue().isEmpty()) {
            throw Misdeclared.ofTheJob(where, "queue");
        }
        if (isJob && terms.priority() >= 0) {
            throw Misdeclared.ofTheJob(where, "priority");
        }
        JobType<?> found = terms.kind().isEmpty()
                ? known.taking(isJob ? returned.getGeneric(0) : returned, where)
                : named(terms.kind());
        JobType<Object> made = onQueue(terms, found);
        return made(terms, made, new Made(made, terms.priority(), callable(bean), takesFire, where));
    }

    private Schedule made(AnnotatedTerms terms, JobType<Object> made, Function<Fire, NewJob<Object>> maker) {
        return terms.checked(() -> terms.apply(Schedule.of(terms.name(), terms.timetable(), made, maker)));
    }

    private JobType<?> named(String kind) {
        return known.ofKind(kind).orElseThrow(() -> Misdeclared.noHandler("@JobSchedule of " + where, kind));
    }

    @SuppressWarnings("unchecked") // what the handler takes is what Jackson reads
    private static JobType<Object> onQueue(AnnotatedTerms terms, JobType<?> found) {
        String queue = terms.queue();
        return (JobType<Object>) (queue.isEmpty() ? found : terms.checked(() -> found.queue(queue)));
    }

    private boolean takesFire() {
        Class<?>[] parameters = method.getParameterTypes();
        if (parameters.length > 0 && parameters[parameters.length - 1].getName().equals(CONTINUATION)) {
            throw Misdeclared.suspend(where);
        }
        if (parameters.length > 1 || (parameters.length == 1 && parameters[0] != Fire.class)) {
            throw Misdeclared.parameters(where);
        }
        return parameters.length == 1;
    }

    private ResolvableType returned() {
        ResolvableType returned = ResolvableType.forMethodReturnType(method, type);
        @Nullable Class<?> raw = returned.resolve();
        if (raw == void.class || raw == Void.class) {
            throw Misdeclared.nothing(where);
        }
        if (raw != null && (Publisher.class.isAssignableFrom(raw) || CompletionStage.class.isAssignableFrom(raw))) {
            throw Misdeclared.later(where, raw.getSimpleName());
        }
        return returned;
    }

    private BeanMethod callable(Supplier<Object> bean) {
        try {
            return new BeanMethod(method, bean);
        } catch (IllegalStateException e) {
            throw Misdeclared.unreachable(where, e);
        }
    }
}
