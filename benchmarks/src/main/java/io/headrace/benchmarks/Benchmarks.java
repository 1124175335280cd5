package io.headrace.benchmarks;

import io.headrace.benchmarks.compare.CompareScenario;
import io.headrace.benchmarks.contender.Contender;
import io.headrace.benchmarks.failing.FailingScenario;
import io.headrace.benchmarks.faults.FaultsScenario;
import io.headrace.benchmarks.features.FeaturesScenario;
import io.headrace.benchmarks.firstminute.FirstMinuteScenario;
import io.headrace.benchmarks.floor.FloorContender;
import io.headrace.benchmarks.goeson.GoesOnScenario;
import io.headrace.benchmarks.headrace.HeadraceContender;
import io.headrace.benchmarks.idle.IdleScenario;
import io.headrace.benchmarks.jmh.CpuScenario;
import io.headrace.benchmarks.latency.LatencyScenario;
import io.headrace.benchmarks.memory.MemoryScenario;
import io.headrace.benchmarks.oracle.CronOracleScenario;
import io.headrace.benchmarks.overview.ReportScenario;
import io.headrace.benchmarks.peer.DbScheduler;
import io.headrace.benchmarks.peer.JobRunr;
import io.headrace.benchmarks.peer.TextbookR2dbc;
import io.headrace.benchmarks.pinned.PinnedScenario;
import io.headrace.benchmarks.requests.RequestsScenario;
import io.headrace.benchmarks.scale.ScaleScenario;
import io.headrace.benchmarks.schedules.SchedulesScenario;
import io.headrace.benchmarks.soak.SoakScenario;
import io.headrace.benchmarks.throughput.ThroughputScenario;
import io.headrace.benchmarks.tombstones.TombstonesScenario;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The command: {@code java -jar benchmarks.jar <scenario> [options]}. */
public final class Benchmarks {

    private static final List<Supplier<Contender>> CONTENDERS =
            List.of(HeadraceContender::new, FloorContender::new, DbScheduler::new, JobRunr::new, TextbookR2dbc::new);

    private static final List<Scenario> SINGLE = List.of(
            new ThroughputScenario(),
            new LatencyScenario(),
            new PinnedScenario(),
            new ScaleScenario(),
            new FailingScenario(),
            new FeaturesScenario(),
            new GoesOnScenario(),
            new IdleScenario(),
            new SoakScenario(),
            new CompareScenario(CONTENDERS),
            new FirstMinuteScenario(CONTENDERS),
            new RequestsScenario(),
            new FaultsScenario(),
            new TombstonesScenario(),
            new SchedulesScenario(),
            new MemoryScenario(),
            new CronOracleScenario(),
            new CpuScenario());

    static final List<Scenario> SCENARIOS = Stream.concat(
                    SINGLE.stream(), Stream.of(new ReportScenario(SINGLE, Benchmarks.class)))
            .toList();

    private Benchmarks() {}

    public static void main(String[] args) {
        System.exit(new Command(SCENARIOS, System.out, System.err).run(List.of(args)));
    }
}
