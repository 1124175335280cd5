package io.headrace.benchmarks.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.benchmarks.server.BriskServer;
import io.headrace.benchmarks.server.Server;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The smallest form: two engines in processes of their own, the clock of one is an hour off, and one of them is killed. */
@Tag("slow")
class SchedulesTest {

    private static final FaultsTrial.Load SMALL = new FaultsTrial.Load(2, 200, 1_000, List.of(), false);

    @TempDir
    Path logs;

    @Test
    void noInstantIsMissedAndNoneFiresTwice() throws Exception {
        TrialLog log = new TrialLog();
        try (Server server = BriskServer.open()) {
            new FaultsTrial(SMALL, 1, logs).run(server, log);
        }

        assertThat(log.findings()).isEmpty();
        assertThat(log.auditFailures()).isZero();
        assertThat(log.measurements().last("fires")).isGreaterThanOrEqualTo(1_000);
        assertThat(log.measurements().last("missed")).isZero();
        assertThat(log.measurements().last("doubled")).isZero();
    }
}
