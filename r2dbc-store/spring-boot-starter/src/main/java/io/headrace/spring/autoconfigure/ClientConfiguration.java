package io.headrace.spring.autoconfigure;

import io.headrace.JobClient;
import io.headrace.JobOperator;
import io.headrace.PayloadCodec;
import io.headrace.PayloadTransform;
import io.headrace.observe.JobInterceptor;
import io.headrace.observe.JobObserver;
import io.headrace.spi.JobStore;
import io.headrace.spring.TransactionalJobClient;
import io.headrace.spring.transaction.CurrentTransaction;
import io.headrace.spring.transaction.JoiningJobClient;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The client and the operator to inject, which every application gets. */
@Configuration(proxyBeanMethods = false)
class ClientConfiguration {

    @Bean
    @ConditionalOnMissingBean({JobClient.class, TransactionalJobClient.class})
    JoiningJobClient headraceClient(
            JobStore store,
            HeadraceProperties properties,
            ObjectProvider<PayloadCodec> codec,
            ObjectProvider<PayloadTransform> transforms,
            ObjectProvider<CurrentTransaction> transaction,
            ObjectProvider<JobObserver> observers,
            ObjectProvider<JobInterceptor> interceptors) {
        ClientProperties settings = properties.client();
        JobClient.Builder client = JobClient.builder(store)
                .codec(codec.getIfUnique(properties.payload()::codec))
                .maxPayloadBytes(Math.toIntExact(settings.maxPayload().toBytes()))
                .maxWaitingJobs(settings.maxWaitingJobs());
        for (PayloadTransform transform : transforms.orderedStream().toList()) {
            client = client.transform(transform);
        }
        for (JobObserver observer : observers.orderedStream().toList()) {
            client = client.observer(observer);
        }
        for (JobInterceptor interceptor : interceptors.orderedStream().toList()) {
            client = client.interceptor(interceptor);
        }
        return new JoiningJobClient(
                client.build(), transaction.getIfAvailable(() -> CurrentTransaction.NONE), settings.transactions());
    }

    @Bean
    @ConditionalOnMissingBean(JobOperator.class)
    EngineOperator headraceOperator(
            JobStore store,
            HeadraceProperties properties,
            ObjectProvider<PayloadCodec> codec,
            ObjectProvider<PayloadTransform> transforms,
            ObjectProvider<JobObserver> observers) {
        JobOperator.Builder operator = JobOperator.builder(store).codec(codec.getIfUnique(properties.payload()::codec));
        for (PayloadTransform transform : transforms.orderedStream().toList()) {
            operator = operator.transform(transform);
        }
        for (JobObserver observer : observers.orderedStream().toList()) {
            operator = operator.observer(observer);
        }
        return new EngineOperator(operator.build());
    }
}
