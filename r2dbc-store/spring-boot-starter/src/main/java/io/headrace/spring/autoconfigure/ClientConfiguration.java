package io.headrace.spring.autoconfigure;

import io.headrace.JacksonPayloadCodec;
import io.headrace.JobQueue;
import io.headrace.PayloadCodec;
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
            ObjectProvider<CurrentTransaction> transaction) {
        ClientProperties settings = properties.client();
        JobQueue plain = JobQueue.builder(store)
                .codec(codec.getIfUnique(JacksonPayloadCodec::new))
                .maxPayloadBytes(Math.toIntExact(settings.maxPayload().toBytes()))
                .maxWaitingJobs(settings.maxWaitingJobs())
                .build();
        return new JoiningJobQueue(
                plain, transaction.getIfAvailable(() -> CurrentTransaction.NONE), settings.transactions());
    }
}
