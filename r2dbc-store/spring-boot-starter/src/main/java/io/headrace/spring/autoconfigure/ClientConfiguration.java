package io.headrace.spring.autoconfigure;

import io.headrace.JobQueue;
import io.headrace.PayloadCodec;
import io.headrace.observe.JobInterceptor;
import io.headrace.observe.JobObserver;
import io.headrace.spi.JobStore;
import io.headrace.spring.TransactionalJobQueue;
import io.headrace.spring.transaction.CurrentTransaction;
import io.headrace.spring.transaction.JoiningJobQueue;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The client to inject, which every application gets. */
@Configuration(proxyBeanMethods = false)
class ClientConfiguration {

    @Bean
    @ConditionalOnMissingBean({JobQueue.class, TransactionalJobQueue.class})
    JoiningJobQueue headraceQueue(
            JobStore store,
            HeadraceProperties properties,
            ObjectProvider<PayloadCodec> codec,
            ObjectProvider<CurrentTransaction> transaction,
            ObjectProvider<JobObserver> observers,
            ObjectProvider<JobInterceptor> interceptors) {
        ClientProperties settings = properties.client();
        JobQueue.Builder client = JobQueue.builder(store)
                .codec(codec.getIfUnique(properties.payload()::codec))
                .maxPayloadBytes(Math.toIntExact(settings.maxPayload().toBytes()))
                .maxWaitingJobs(settings.maxWaitingJobs());
        for (JobObserver observer : observers.orderedStream().toList()) {
            client = client.observer(observer);
        }
        for (JobInterceptor interceptor : interceptors.orderedStream().toList()) {
            client = client.interceptor(interceptor);
        }
        return new JoiningJobQueue(
                client.build(), transaction.getIfAvailable(() -> CurrentTransaction.NONE), settings.transactions());
    }
}
