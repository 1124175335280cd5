package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.headrace.JobEngine;
import io.headrace.JobOperator;
import io.headrace.schedule.Cron;
import io.headrace.schedule.Every;
import io.headrace.schedule.FireOutcome;
import io.headrace.schedule.FireSnapshot;
import io.headrace.schedule.Misfire;
import io.headrace.schedule.Overlap;
import io.headrace.schedule.Schedule;
import io.headrace.spi.DueSchedules;
import io.headrace.spi.Firing;
import io.headrace.spi.StoredSchedule;
import io.headrace.spi.StoredSchedule.Terms;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** Schedules whose store answers some calls and fails others. */
class ScheduleFaultsTest {

    @RegisterExtension
    final Mill mill = new Mill();

    private final Fires fires = new Fires(mill);

    @Test
    void aStoreThatLooksButDoesNotFireIsAskedLessAndLessOften() {
        Unreliable store = new Unreliable(mill.store());
        mill.start(
                store.proxy(),
                e -> fires.grinding(ofSeconds(1))
                        .apply(e)
                        .schedule(Schedule.of("often", Every.of(ofSeconds(1)), GRIND.job("oats"))
                                .misfire(Misfire.all(1_000))));
        store.refuse("fire");
        mill.pass(ofMinutes(1));
        int before = store.calls("due");

        mill.pass(ofMinutes(1));

        assertThat(store.calls("due") - before).isBetween(9, 20);
        store.allow("fire");
        mill.pass(ofSeconds(10));
        assertThat(fires.find("often").passedOver()).isZero();
        assertThat(fires.find("often").fires()).isGreaterThanOrEqualTo(129);
    }

    @Test
    void aRunByHandWithoutTheFunctionDoesNotMakeMissedInstantsLate() {
        Schedule made = Schedule.of("made", Cron.of("* * * * *"), GRIND, fire -> GRIND.job("rye"));
        JobEngine engine = mill.start(e -> fires.grinding(ofSeconds(1)).apply(e).schedule(made));
        mill.stop(engine, ofSeconds(1));
        mill.pass(ofMinutes(60));
        fires.answer(fires.desk().runNow("made"));

        mill.start(e -> fires.grinding(ofSeconds(1)).apply(e).schedule(made));
        mill.pass(ofSeconds(2));

        assertThat(fires.begun).hasSize(2).contains("rye PT1H");
        assertThat(fires.find("made").passedOver()).isEqualTo(59);
    }

    @Test
    void aMonthThatWasMissedIsFiredInStatementsOfBoundedSize() {
        Unreliable store = new Unreliable(mill.store());
        for (int i = 0; i < 30; i++) {
            fires.answer(fires.desk()
                    .save(Schedule.of("often " + i, Every.of(ofMinutes(1)), GRIND.job("oats"))
                            .overlap(Overlap.SKIP)
                            .misfire(Misfire.all(1_000))));
        }
        mill.pass(ofDays(30));
        List<Integer> sizes = new ArrayList<>();
        List<Integer> looks = new ArrayList<>();
        store.listen((verb, args) -> {
            if (verb.equals("fire")) {
                sizes.add(((List<?>) args[0])
                        .stream()
                                .mapToInt(firing -> ((Firing) firing).shots().size())
                                .sum());
            } else if (verb.equals("due")) {
                looks.add(sizes.size());
            }
        });

        mill.start(store.proxy(), fires.grinding(ofSeconds(1)));
        mill.pass(ofSeconds(1));

        assertThat(sizes).hasSize(30).allSatisfy(size -> assertThat(size).isEqualTo(1_000));
        assertThat(looks).as("statements before each look").startsWith(0, 10, 20, 30);
        assertThat(fires.begun).hasSize(30);
    }

    @Test
    void aScheduleThatCannotBeLockedIsTriedLessAndLessOftenAndDelaysNoOther() {
        Unreliable store = new Unreliable(mill.store());
        mill.start(
                store.proxy(),
                e -> fires.grinding(ofSeconds(1))
                        .apply(e)
                        .schedule(Schedule.of("locked", Every.of(ofSeconds(5)), GRIND.job("rye")))
                        .schedule(Schedule.of("often", Every.of(ofMillis(10_300)), GRIND.job("oats"))));
        store.change("due", due -> withoutALock((DueSchedules) due, "locked"));
        mill.pass(ofSeconds(9));
        int before = store.calls("due");

        mill.pass(ofMillis(1_500));

        assertThat(store.calls("due") - before).isLessThanOrEqualTo(30);
        assertThat(fires.begun).containsExactly("oats PT10.3S");
        mill.pass(ofSeconds(30));
        assertThat(store.calls("due") - before).isLessThanOrEqualTo(400);
    }

    @Test
    void aRunByHandThatWaitsIsAnsweredEvenIfNobodyCanBeWoken() {
        Unreliable store = new Unreliable(mill.store());
        mill.start(fires.grinding(ofSeconds(20)));
        fires.answer(fires.desk()
                .save(Schedule.of("yearly", Cron.of("@yearly"), GRIND.job("rye"))
                        .overlap(Overlap.QUEUE_ONE)));
        fires.answer(fires.desk().runNow("yearly"));
        store.refuse("write");

        FireSnapshot fire =
                fires.answer(JobOperator.create(store.proxy()).schedules().runNow("yearly"));

        assertThat(fire.outcome()).isEqualTo(FireOutcome.WAITING);
        mill.pass(ofMinutes(2));
        assertThat(fires.begun).hasSize(2);
    }

    @Test
    void schedulesThatCannotBeReadAreToldOnceAndHoldNoOtherUp() {
        Unreliable store = new Unreliable(mill.store());
        for (String name : List.of("dusk", "dawn", "often")) {
            fires.answer(fires.desk().save(Schedule.of(name, Every.of(ofSeconds(1)), GRIND.job(name))));
        }
        store.change("due", due -> withTimetable((DueSchedules) due, Set.of("dusk", "dawn"), "sun"));
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        Logger log = (Logger) LoggerFactory.getLogger("io.headrace.engine.schedule");
        log.setLevel(Level.WARN);
        log.addAppender(logged);

        mill.start(store.proxy(), fires.grinding(ofMillis(1)));
        mill.pass(ofSeconds(20));

        log.detachAppender(logged);
        log.setLevel(null);
        assertThat(logged.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .filteredOn(message -> message.contains("cannot be read"))
                .hasSize(2)
                .anyMatch(message -> message.contains("'dusk'"))
                .anyMatch(message -> message.contains("'dawn'"));
        assertThat(fires.begun).hasSizeGreaterThanOrEqualTo(19).allMatch(job -> job.startsWith("often"));
    }

    @Test
    void anEngineThatIsStoppedWhileItDeclaresFiresNothing() {
        Unreliable store = new Unreliable(mill.store());
        store.hold("write");
        JobEngine engine = mill.start(
                store.proxy(),
                e -> fires.grinding(ofSeconds(1))
                        .apply(e)
                        .schedule(Schedule.of("often", Every.of(ofSeconds(1)), GRIND.job("oats"))));
        mill.stop(engine, ofSeconds(1));

        store.letGo();
        mill.pass(ofMinutes(2));

        assertThat(store.calls("due")).isZero();
        assertThat(engine.status().state()).hasToString("STOPPED");
        assertThat(fires.answer(mill.store().inspector().workers().collectList()))
                .isEmpty();
    }

    @Test
    void anEngineThatIsStoppedWhileItFiresDoesNotLookAgain() {
        Unreliable store = new Unreliable(mill.store());
        JobEngine engine = mill.start(
                store.proxy(),
                e -> fires.grinding(ofSeconds(1))
                        .apply(e)
                        .schedule(Schedule.of("often", Every.of(ofSeconds(1)), GRIND.job("oats"))));
        store.holdTheAnswer("fire");
        mill.pass(ofSeconds(2));
        int before = store.calls("due");
        mill.stop(engine, ofSeconds(1));

        store.letGo();
        mill.pass(ofMinutes(2));

        assertThat(store.calls("due")).isEqualTo(before);
        assertThat(fires.history("often")).extracting(FireSnapshot::at).doesNotHaveDuplicates();
    }

    /** As a newer version might have written them. */
    private static DueSchedules withTimetable(DueSchedules due, Set<String> names, String timetable) {
        return new DueSchedules(
                due.now(),
                due.schedules().stream()
                        .map(each -> names.contains(each.name()) ? each.withTerms(of(each.terms(), timetable)) : each)
                        .toList(),
                due.next());
    }

    private static Terms of(Terms terms, String timetable) {
        return new Terms(
                timetable, terms.zone(), terms.start(), terms.jitter(), terms.misfire(), terms.overlap(), terms.job());
    }

    /** As if somebody had locked the row of a schedule: it is due, and firing it comes too late. */
    private static DueSchedules withoutALock(DueSchedules due, String name) {
        return new DueSchedules(
                due.now(),
                due.schedules().stream()
                        .map(each -> !each.name().equals(name)
                                ? each
                                : new StoredSchedule(
                                        name,
                                        Long.MAX_VALUE,
                                        each.terms(),
                                        each.declaration(),
                                        each.times(),
                                        each.history()))
                        .toList(),
                due.next());
    }
}
