package io.headrace.engine.settle;

import io.headrace.JobId;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.Settlement;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs outcomes that came too late: a line for all of a flush. */
final class LateOutcomes {

    private static final Logger log = LoggerFactory.getLogger(JobSettler.class);

    private LateOutcomes() {}

    static void tell(List<Settling> settlings, List<Settlement> late) {
        settlings.stream()
                .filter(each -> late.get(0).equals(each.sent()))
                .findFirst()
                .ifPresent(first -> {
                    ClaimedJob job = first.job().job();
                    log.warn(
                            "The outcomes of {} jobs were discarded: their leases had been taken over, so the jobs run elsewhere. The"
                                    + " first is job {} of kind '{}', attempt {} ({})",
                            late.size(),
                            new JobId(job.id()),
                            job.kind(),
                            job.attempt(),
                            Verdicts.end(first.verdict()).text());
                });
    }
}
