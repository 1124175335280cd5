package io.headrace.spring.handler;

import io.headrace.spring.HeadraceSetupException;
import org.jspecify.annotations.Nullable;

/** Handlers that cannot be, and what to do about each. */
final class Unusable {

    private Unusable() {}

    static HeadraceSetupException twoFor(String kind, String one, String other) {
        return new HeadraceSetupException(
                "Jobs of kind '" + kind + "' have two handlers: " + one + " and " + other + ".",
                "Keep one of them, or give one another kind; one that is to do two things calls both.",
                null);
    }

    static HeadraceSetupException parameters(String where) {
        return new HeadraceSetupException(
                where + " cannot handle jobs: it has to take one parameter.",
                "Let it take the payload, or the Job<T> with the payload in it, and nothing else; other beans come by the"
                        + " constructor.",
                null);
    }

    static HeadraceSetupException payload(String where) {
        return new HeadraceSetupException(
                where + " cannot handle jobs: what their payload is cannot be told from its declaration.",
                "Name the payload's type, as in Job<IndexRepository>; a raw type, a wildcard or a type variable does not say"
                        + " what the JSON is to become.",
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
                where + " is annotated with @HandlesJob and is no function of Job<T>, but a " + type.getName() + ".",
                "Annotate the method that handles the jobs, or let the bean be a Function<Job<T>, Publisher<?>>.",
                null);
    }

    static HeadraceSetupException unreachable(String where, @Nullable Throwable cause) {
        return new HeadraceSetupException(
                where + " cannot handle jobs: it cannot be called on its bean, which is private or hidden by a proxy.",
                "Make the method public or package-private, and if its bean is proxied by its interfaces, declare it in one"
                        + " of them or proxy by class (spring.aop.proxy-target-class=true).",
                cause);
    }

    static HeadraceSetupException unnamed(String where) {
        return new HeadraceSetupException(
                where + " is a function of Job<T> and says not which kind it handles.",
                "Annotate its @Bean method or its class with @HandlesJob(\"…\"); the kind is stored with every job, so it is"
                        + " not taken from the bean's name.",
                null);
    }

    static HeadraceSetupException setting(
            String where, String setting, String value, String shouldBe, Throwable cause) {
        return new HeadraceSetupException(
                "@HandlesJob of " + where + " has " + setting + " = \"" + value + "\", which is not " + shouldBe + ".",
                "Write " + shouldBe + ", or leave it out.",
                cause);
    }
}
