package io.headrace.spring.handler;

import io.headrace.spring.HeadraceSetupException;

/** Handlers that cannot be, and what to do about each. */
final class Unusable {

    private Unusable() {}

    static HeadraceSetupException twoFor(String kind, String one, String other) {
        return new HeadraceSetupException(
                "Jobs of kind '" + kind + "' have two handlers: " + one + " and " + other + ".",
                "Keep one of them, or give one of them another kind. If a job must do two things, call both from one handler.",
                null);
    }

    static HeadraceSetupException parameters(String where) {
        return new HeadraceSetupException(
                where + " cannot handle jobs: it must have exactly one parameter.",
                "Declare the payload, or the Job<T> that contains it, as the only parameter, or a JobBatch<T>; inject other"
                        + " beans through the constructor.",
                null);
    }

    static HeadraceSetupException takesOne(String where) {
        return new HeadraceSetupException(
                "@HandlesJob of " + where + " sets most or longestWait, but " + where + " takes a single job.",
                "Take a List<T> of payloads, a List<Job<T>> or a JobBatch<T>, or omit most and longestWait.",
                null);
    }

    static HeadraceSetupException payload(String where) {
        return new HeadraceSetupException(
                where + " cannot handle jobs: cannot determine the payload type from its declaration.",
                "Declare the payload type, as in Job<IndexRepository>. A raw type, a wildcard or a type variable does not"
                        + " determine it.",
                null);
    }

    static HeadraceSetupException suspend(String where) {
        return new HeadraceSetupException(
                where + " cannot handle jobs: it is a suspend function.",
                "Return a Mono instead, which kotlinx-coroutines-reactor makes: fun index(job: IndexRepository) ="
                        + " mono { … }.",
                null);
    }

    static HeadraceSetupException notAFunction(String where, Class<?> type) {
        return new HeadraceSetupException(
                where + " is annotated with @HandlesJob but is not a function of Job<T>; it is a " + type.getName()
                        + ".",
                "Annotate the method that handles the jobs, or make the bean a Function<Job<T>, Publisher<?>>.",
                null);
    }

    static HeadraceSetupException unreachable(String where, Throwable cause) {
        return new HeadraceSetupException(
                where + " cannot handle jobs: it is private or hidden by a proxy, so it cannot be called on its bean.",
                "Make the method public or package-private. If its bean is proxied by interfaces, declare the method in one"
                        + " of them, or proxy by class (spring.aop.proxy-target-class=true).",
                cause);
    }

    static HeadraceSetupException unnamed(String where) {
        return new HeadraceSetupException(
                where + " is a function of Job<T> but does not declare which kind it handles.",
                "Annotate its @Bean method or its class with @HandlesJob(\"…\"); the kind is stored with every job, so it is"
                        + " not taken from the bean's name.",
                null);
    }

    static HeadraceSetupException setting(
            String where, String setting, String value, String shouldBe, Throwable cause) {
        return new HeadraceSetupException(
                "@HandlesJob of " + where + " has " + setting + " = \"" + value + "\", which is not " + shouldBe + ".",
                "Set it to " + shouldBe + ", or omit it.",
                cause);
    }

    static HeadraceSetupException batchInTransaction(String where) {
        return new HeadraceSetupException(
                "@HandlesJob of " + where + " is transactional, but " + where + " takes many jobs.",
                "Take a single job, or begin a transaction in the handler and call completeIn for each job in it.",
                null);
    }

    static HeadraceSetupException blocksInTransaction(String where) {
        return new HeadraceSetupException(
                "@HandlesJob of " + where + " is transactional, but " + where
                        + " does not return a publisher or a stage: a reactive transaction does not cover code that blocks.",
                "Return a Mono or a Flux, or omit transactional.",
                null);
    }

    static HeadraceSetupException withoutManager(String where) {
        return new HeadraceSetupException(
                "@HandlesJob of " + where
                        + " is transactional, but there is no ReactiveTransactionManager, or none of several"
                        + " is primary.",
                "Define one for the ConnectionFactory that stores the jobs, or mark it with @Primary.",
                null);
    }
}
