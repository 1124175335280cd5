package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.KIND;
import static io.headrace.testkit.contract.Draft.OTHER_KIND;
import static io.headrace.testkit.contract.Draft.QUEUE;
import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Outcomes.completed;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.Fired;
import io.headrace.spi.Firing;
import io.headrace.spi.Firing.Shot;
import io.headrace.spi.Firing.ShotJob;
import io.headrace.spi.StoredSchedule;
import io.headrace.spi.StoredSchedule.Template;
import io.headrace.spi.WakeUp;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The jobs of fires are jobs like any other, due at once. */
abstract class FireJobContract extends ScheduleSuite {

    private static final String FENCE = "fence";

    private JobId fireJob(ShotJob job) {
        return jobAt(fireOne(firing(written(hourly(NAME)), shot(hour(0), job))), hour(0));
    }

    @Test
    void aJobIsClaimedAsItWasMade() {
        JobId id = fireJob(
                new ShotJob(QUEUE, OTHER_KIND, 2, "{\"text\": \"ä 麦\"}", "{\"trace\":\"00-ab\"}", 7, "hourly/0"));

        ClaimedJob claimed = claimOne(worker());

        assertThat(claimed.id()).isEqualTo(id.value());
        assertThat(claimed.kind()).isEqualTo(OTHER_KIND);
        assertThat(claimed.priority()).isEqualTo(2);
        assertThat(claimed.attempt()).isEqualTo(1);
        assertThat(claimed.payload()).isEqualToIgnoringWhitespace("{\"text\":\"ä 麦\"}");
        assertThat(claimed.headers()).isEqualToIgnoringWhitespace("{\"trace\":\"00-ab\"}");
        assertThat(claimed.maxAttempts()).isEqualTo(7);
        assertThat(claimed.uniqueKey()).isEqualTo("hourly/0");
    }

    @Test
    void whatAJobDoesNotHaveIsNullWhenItIsClaimed() {
        given(firing(written(hourly(NAME)), shot(hour(0), new ShotJob(QUEUE, KIND, 4, "{\"n\":1}", null, null, null))));

        ClaimedJob claimed = claimOne(worker());

        assertThat(claimed.headers()).isNull();
        assertThat(claimed.maxAttempts()).isNull();
        assertThat(claimed.uniqueKey()).isNull();
    }

    @Test
    void theStoredPayloadIsUsedWhereAFiringSendsNone() {
        String payload = "{\"text\": \"ä \\\"q\\\" 麦\"}";
        StoredSchedule stored = written(hourly(NAME)
                .withTerms(terms(hourly(NAME).terms().overlap(), new Template(QUEUE, KIND, 4, payload, null, null))));
        ShotJob own = new ShotJob(QUEUE, KIND, 4, "{\"n\":1}", null, null, null);

        Fired fired = fireOne(firing(stored, shot(hour(-2)), shot(hour(-1), own), shot(hour(0))));

        assertThat(List.of(hour(-2), hour(-1), hour(0)))
                .map(instant -> find(jobAt(fired, instant)).payload().replace(" ", ""))
                .containsExactly(payload.replace(" ", ""), "{\"n\":1}", payload.replace(" ", ""));
    }

    @Test
    void aJobIsDueAtOnceHoweverLateTheFireIs() {
        JobId before = enqueue(job());
        JobId fired = jobAt(fireOne(firing(written(hourly(NAME)), shot(hour(-9)))), hour(-9));

        assertThat(idsOf(claimAll(worker()))).containsExactly(before, fired);
    }

    @Test
    void aJobIsSettledAsAnyOther() {
        JobId id = fireJob(new ShotJob(QUEUE, KIND, 4, null, null, null, "hourly/0"));
        assertThat(enqueueAnswered(job().uniqueKey("hourly/0")).id())
                .as("it has its unique key")
                .isEqualTo(id);
        long worker = worker();

        settle(worker, completed(claimOne(worker)));

        assertThat(find(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(enqueueAnswered(job().uniqueKey("hourly/0")).created())
                .as("its key is released")
                .isTrue();
    }

    @Test
    void jobsAreClaimedInTheOrderOfTheirInstants() {
        StoredSchedule created = written(hourly(NAME));

        Fired fired = fireOne(firing(created, shot(hour(-2)), shot(hour(-1)), shot(hour(0))));

        assertThat(idsOf(claimAll(worker())))
                .containsExactly(
                        fired.jobs().get(hour(-2)),
                        fired.jobs().get(hour(-1)),
                        fired.jobs().get(hour(0)));
    }

    @Test
    void theJobsOfManySchedulesBecomeOneSet() {
        Firing[] firings =
                written(300).stream().map(one -> firing(one, shot(hour(0)))).toArray(Firing[]::new);

        List<Fired> fired = fire(firings);

        assertThat(fired).hasSize(300);
        List<ClaimedJob> claimed = claim(worker(), 300);
        assertThat(claimed).hasSize(300);
        assertThat(leasesOf(claimed)).hasSize(1);
        assertThat(idsOf(claimed))
                .containsExactlyInAnyOrderElementsOf(fired.stream()
                        .flatMap(one -> one.jobs().values().stream())
                        .toList());
    }

    @Test
    void jobsThatShareNothingAreClaimedEachInItsPlace() {
        Shot[] shots = {
            shot(hour(-3), new ShotJob(QUEUE, KIND, 9, null, null, null, null)),
            shot(hour(-2), new ShotJob(QUEUE, KIND, 0, null, null, null, null)),
            shot(hour(-1), new ShotJob(QUEUE, OTHER_KIND, 4, null, null, null, null)),
            shot(hour(0), new ShotJob("weir", KIND, 4, null, null, null, null))
        };

        Fired fired = fireOne(firing(written(hourly(NAME)), shots));

        assertThat(idsOf(claimAll(worker())))
                .containsExactly(
                        fired.jobs().get(hour(-2)),
                        fired.jobs().get(hour(-1)),
                        fired.jobs().get(hour(-3)));
        assertThat(audit().pending()).as("in the other queue").isEqualTo(1);
    }

    @Test
    void aWorkerThatWaitsHearsOfTheJobUnlessItsProcessFires() {
        StoredSchedule rye = written(hourly("rye"));
        StoredSchedule oats = written(hourly("oats"));
        Announcements heard = new Announcements(store());
        try {
            assertThat(heard.next(PATIENCE)).isEqualTo(WakeUp.EveryQueue.INSTANCE);
            long waiting = worker();
            finish(store().workers().markIdle(waiting, Set.of(QUEUE)));

            assertThat(await(schedules().fire(List.of(firing(rye, shot(hour(0)))), waiting)))
                    .hasSize(1);
            assertThat(heardUntilFence(heard)).as("fired by its own process").doesNotContain(new WakeUp.Due(QUEUE));

            assertThat(fire(firing(oats, shot(hour(0))))).hasSize(1);
            assertThat(heardUntilFence(heard)).as("fired by another").contains(new WakeUp.Due(QUEUE));
        } finally {
            heard.dispose();
        }
    }

    private List<WakeUp> heardUntilFence(Announcements heard) {
        finish(store().workers().markIdle(worker(), Set.of(FENCE)));
        given(job().queue(FENCE));
        return heard.until(FENCE, PATIENCE);
    }
}
