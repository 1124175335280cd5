package io.headrace.spring.schedule;

import io.headrace.spring.HeadraceSetupException;
import java.util.Collection;

/** Schedules that cannot be, and what to do about each. */
final class Misdeclared {

    private static final String BY_BEAN = "@JobSchedule of ";

    private Misdeclared() {}

    static HeadraceSetupException twice(String name, String one, String other) {
        return new HeadraceSetupException(
                "Schedule '" + name + "' is declared twice: by " + one + " and by " + other + ".",
                "Give one of them another name. The name identifies a schedule in the database.",
                null);
    }

    static HeadraceSetupException noHandler(String where, String kind) {
        return new HeadraceSetupException(
                where + " enqueues jobs of kind '" + kind + "', but the application has no handler for that kind.",
                "Annotate the method that handles the jobs with @HandlesJob(\"" + kind + "\"), or correct the kind. If"
                        + " another service handles it, declare a bean of its JobType.",
                null);
    }

    static HeadraceSetupException noneTakes(String where, String payload) {
        return new HeadraceSetupException(
                BY_BEAN + where + " makes a " + payload + ", but no handler takes this payload.",
                "Annotate the method that handles it with @HandlesJob, or name the kind with job = \"…\". If another"
                        + " service handles it, declare a bean of its JobType.",
                null);
    }

    static HeadraceSetupException severalTake(String where, String payload, Collection<String> kinds) {
        return new HeadraceSetupException(
                BY_BEAN + where + " makes a " + payload + ", but several handlers take this payload: those of kinds "
                        + kinds + ".",
                "Name the kind with job = \"…\".",
                null);
    }

    static HeadraceSetupException nothing(String where) {
        return new HeadraceSetupException(
                BY_BEAN + where + " makes no job: the method returns nothing.",
                "Return the payload of the job or a NewJob<T>. If the method is to do the work itself, let it take a Fire and"
                        + " annotate it with @HandlesJob as well.",
                null);
    }

    static HeadraceSetupException later(String where, String returned) {
        return new HeadraceSetupException(
                BY_BEAN + where + " returns a " + returned + ", but a payload must be made at once.",
                "Return the payload of the job or a NewJob<T>, and leave what takes time to the handler. If the method is to"
                        + " do the work itself, let it take a Fire and annotate it with @HandlesJob as well.",
                null);
    }

    static HeadraceSetupException parameters(String where) {
        return new HeadraceSetupException(
                BY_BEAN + where + " cannot be called: it must take a Fire or nothing.",
                "Declare a Fire as the only parameter, or none; inject other beans through the constructor.",
                null);
    }

    static HeadraceSetupException suspend(String where) {
        return new HeadraceSetupException(
                BY_BEAN + where + " cannot be called: it is a suspend function.",
                "Make it an ordinary function that returns the payload, and leave what takes time to the handler.",
                null);
    }

    static HeadraceSetupException handlerWithoutFire(String where, String payload) {
        return new HeadraceSetupException(
                BY_BEAN + where + " is on a handler that takes a " + payload + ", which a schedule cannot make.",
                "Let the handler take a Fire or a Job<Fire>, or annotate a method that returns the " + payload
                        + " instead.",
                null);
    }

    static HeadraceSetupException ofAnotherHandler(String where, String kind, String handled) {
        return new HeadraceSetupException(
                BY_BEAN + where + " has job = \"" + kind + "\", but is on the handler of kind '" + handled + "'.",
                "Remove it: on a handler, the jobs are of its kind.",
                null);
    }

    static HeadraceSetupException onBeanMethod(String where) {
        return new HeadraceSetupException(
                BY_BEAN + where + " is on a @Bean method, which makes a bean and no jobs.",
                "Annotate a method that makes the payload, or let the @Bean method return a Schedule.",
                null);
    }

    static HeadraceSetupException unreachable(String where, Throwable cause) {
        return new HeadraceSetupException(
                BY_BEAN + where + " cannot be called: the method is private or hidden by a proxy.",
                "Make the method public or package-private. If its bean is proxied by interfaces, declare the method in one"
                        + " of them, or proxy by class (spring.aop.proxy-target-class=true).",
                cause);
    }

    static HeadraceSetupException cronAndEvery(String where) {
        return new HeadraceSetupException(
                BY_BEAN + where + " has both cron and every.",
                "Keep one of them: a cron fires at times of day, every at a fixed period.",
                null);
    }

    static HeadraceSetupException noTimes(String where) {
        return new HeadraceSetupException(
                BY_BEAN + where + " does not say when it fires.",
                "Set cron, such as \"0 3 * * *\", or every, such as \"5m\".",
                null);
    }

    static HeadraceSetupException zoneWithoutCron(String where) {
        return new HeadraceSetupException(
                BY_BEAN + where + " has a zone but no cron: a fixed period has no zone.", "Remove the zone.", null);
    }

    static HeadraceSetupException ofTheJob(String where, String setting) {
        return new HeadraceSetupException(
                BY_BEAN + where + " has a " + setting + ", but its method returns a NewJob, which has its own.",
                "Set the " + setting + " on the NewJob, and remove it from the annotation.",
                null);
    }

    static HeadraceSetupException invalid(String where, String reason, Throwable cause) {
        return new HeadraceSetupException(
                BY_BEAN + where + " is invalid: " + reason + ".",
                "Correct the annotation, or the property that its placeholder names.",
                cause);
    }

    static HeadraceSetupException setting(String where, String setting, String value, String shouldBe) {
        return new HeadraceSetupException(
                BY_BEAN + where + " has " + setting + " = \"" + value + "\", which is not " + shouldBe + ".",
                "Set it to " + shouldBe + ", or omit it.",
                null);
    }
}
