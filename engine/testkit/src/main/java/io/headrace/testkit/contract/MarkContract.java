package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.QUEUE;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.operate.EngineEnd;
import io.headrace.operate.EngineMark;
import io.headrace.spi.NewWorker;
import io.headrace.spi.WorkerId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When engines started, and how they ended. */
abstract class MarkContract extends ContractSuite {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration RETENTION = Duration.ofDays(14);

    private List<EngineMark> marks() {
        return await(store().monitor().marks(HOUR).collectList());
    }

    private long start(String version, Duration expiry) {
        return await(store().workers()
                .register(new NewWorker("miller", version, Set.of(QUEUE), null, Map.of(), expiry, false)));
    }

    /** For one that a test needs and does not name. */
    private void started(String version, Duration expiry) {
        assertThat(start(version, expiry)).isPositive();
    }

    @Test
    void aWorkerIsMarkedFromItsStart() {
        long worker = start("1.4.2", EXPIRY);

        assertThat(marks()).singleElement().satisfies(mark -> {
            assertThat(mark.worker()).isEqualTo(new WorkerId(worker).toString());
            assertThat(mark.engine()).isEqualTo("miller");
            assertThat(mark.version()).isEqualTo("1.4.2");
            assertThat(mark.endedAt()).isNull();
            assertThat(mark.end()).isNull();
        });
    }

    @Test
    void theLatestStartComesFirst() {
        started("1.0", EXPIRY);
        passTime(MINUTE);
        assertThat(worker()).isPositive();
        passTime(MINUTE);
        started("1.1", EXPIRY);

        List<EngineMark> marks = marks();

        assertThat(marks).extracting(EngineMark::version).containsExactly("1.1", null, "1.0");
        assertThat(Duration.between(marks.get(2).startedAt(), marks.get(0).startedAt()))
                .isBetween(MINUTE.multipliedBy(2), MINUTE.multipliedBy(3));
    }

    @Test
    void aWorkerThatStopsHasStopped() {
        long worker = start("1.0", EXPIRY);
        passTime(MINUTE);
        unregister(worker);

        assertThat(marks()).singleElement().satisfies(mark -> {
            assertThat(mark.end()).isEqualTo(EngineEnd.STOPPED);
            assertThat(Duration.between(mark.startedAt(), mark.endedAt())).isBetween(MINUTE, MINUTE.multipliedBy(2));
        });
    }

    @Test
    void aWorkerThatIsSweptEndedWhenItWasLastHeard() {
        long worker = start("1.0", MINUTE);
        passTime(Duration.ofSeconds(50));
        assertThat(heartbeat(worker, MINUTE, Set.of()).known()).isTrue();
        passTime(MINUTE.multipliedBy(30));
        assertThat(sweep().workers()).isEqualTo(1);

        assertThat(marks())
                .filteredOn(mark -> mark.version() != null)
                .singleElement()
                .satisfies(mark -> {
                    assertThat(mark.end()).isEqualTo(EngineEnd.SILENT);
                    assertThat(Duration.between(mark.startedAt(), mark.endedAt()))
                            .isBetween(Duration.ofSeconds(50), MINUTE.multipliedBy(2));
                });
    }

    @Test
    void aWorkerEndsOnce() {
        long worker = start("1.0", MINUTE);
        passTime(MINUTE.multipliedBy(30));
        assertThat(sweep().workers()).isEqualTo(1);
        unregister(worker);

        assertThat(marks())
                .filteredOn(mark -> mark.version() != null)
                .extracting(EngineMark::end)
                .containsExactly(EngineEnd.SILENT);
    }

    @Test
    void whatEndedBeforeIsLeftOutAndWhatRunsIsNot() {
        long old = start("1.0", RETENTION);
        started("1.1", RETENTION);
        unregister(old);
        passTime(HOUR.multipliedBy(2));

        assertThat(marks()).extracting(EngineMark::version).containsExactly("1.1");
        assertThat(await(store().monitor().marks(HOUR.multipliedBy(3)).collectList()))
                .hasSize(2);
    }

    @Test
    void marksArePrunedADayAfterTheFailuresThatMayNameThem() {
        unregister(start("1.0", EXPIRY));
        started("1.1", RETENTION.multipliedBy(2));
        passTime(RETENTION.plusHours(23));
        assertThat(await(store().decisions().prune(RETENTION))).isZero();
        assertThat(all()).containsExactlyInAnyOrder("1.0", "1.1");
        passTime(HOUR.multipliedBy(2));

        assertThat(await(store().decisions().prune(RETENTION))).isZero();

        assertThat(all()).containsExactly("1.1");
    }

    private List<String> all() {
        return await(store().monitor()
                .marks(RETENTION.multipliedBy(3))
                .mapNotNull(EngineMark::version)
                .collectList());
    }
}
