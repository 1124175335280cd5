package io.headrace.spring.autoconfigure;

import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobType;
import io.headrace.PayloadCodec;
import io.headrace.PayloadTransform;
import io.headrace.observe.JobInterceptor;
import io.headrace.observe.JobObserver;
import io.headrace.schedule.Schedule;
import io.headrace.spi.JobStore;
import io.headrace.spring.JobEngineCustomizer;
import io.headrace.spring.QueueCustomizer;
import io.headrace.spring.RetryPolicyCustomizer;
import io.headrace.spring.handler.HandlerBeans;
import io.headrace.spring.handler.HandlerDefaults;
import io.headrace.spring.transaction.JoiningJobClient;
import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/** The engine, where there are handlers or schedules, and its life. */
@Configuration(proxyBeanMethods = false)
class EngineConfiguration {

    private static final Duration SPRINGS_PHASE_TIMEOUT = Duration.ofSeconds(10);

    @Bean
    EngineAssembly headraceEngineAssembly(
            HeadraceProperties properties,
            ObjectProvider<PayloadCodec> codec,
            ObjectProvider<PayloadTransform> transforms,
            ObjectProvider<JobType<?>> types,
            ObjectProvider<QueueCustomizer> queues,
            ObjectProvider<JobEngineCustomizer> engines,
            ObjectProvider<JobObserver> observers,
            ObjectProvider<JobInterceptor> interceptors,
            ObjectProvider<BuildProperties> build,
            Environment environment) {
        return new EngineAssembly(
                properties,
                codec,
                transforms,
                types,
                queues,
                engines,
                observers,
                interceptors,
                new ApplicationVersion(build, environment));
    }

    /**
     * Lazy, so that it is made when it is started, after all other beans: only then are all handlers known, and the beans
     * that they are have got the client. In an application without handlers there is no such bean but its name.
     */
    @Bean(destroyMethod = "")
    @Lazy
    @ConditionalOnMissingBean
    @Nullable
    JobEngine headraceEngine(
            JobStore store,
            HeadraceProperties properties,
            EngineAssembly assembly,
            ObjectProvider<RetryPolicyCustomizer> policies,
            ConfigurableListableBeanFactory beans,
            Environment environment,
            ObjectProvider<JoiningJobClient> client,
            ObjectProvider<EngineOperator> operator) {
        Boolean enabled = properties.engine().enabled();
        if (Boolean.FALSE.equals(enabled)) {
            return null;
        }
        HandlerDefaults defaults =
                new HandlerDefaults(assembly.policy(), policies.orderedStream().toList());
        Collection<JobHandler<?>> handlers = new HandlerBeans(beans, defaults).find();
        Collection<Schedule> schedules = assembly.schedules(beans, handlers, isSlice(environment));
        if (handlers.isEmpty() && schedules.isEmpty() && enabled == null) {
            return null;
        }
        return new RestartableEngine(() -> assembly.engine(store, handlers, schedules), engine -> {
            client.ifAvailable(plain -> plain.use(engine.client()));
            operator.ifAvailable(plain -> plain.use(engine.operator()));
        });
    }

    /** Whether a test runs a part of the application, which may lack the schedules that its properties speak of. */
    private static boolean isSlice(Environment environment) {
        return !environment.getProperty(EnableAutoConfiguration.ENABLED_OVERRIDE_PROPERTY, Boolean.class, true);
    }

    @Bean
    EngineLifecycle headraceEngineLifecycle(
            ObjectProvider<JobEngine> engine, ObjectProvider<LifecycleProperties> lifecycle) {
        LifecycleProperties properties = lifecycle.getIfAvailable();
        return new EngineLifecycle(
                engine, properties == null ? SPRINGS_PHASE_TIMEOUT : properties.getTimeoutPerShutdownPhase());
    }
}
