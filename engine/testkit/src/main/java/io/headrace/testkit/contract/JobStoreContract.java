package io.headrace.testkit.contract;

import io.headrace.spi.ClaimRequest;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.JobStore;
import io.headrace.spi.Settlement;
import org.junit.jupiter.api.Nested;

/**
 * The contract of {@link JobStore}, as tests: all suites, one per verb. To test a store, extend this class and open a {@link
 * StoreHarness} on an empty store. Every suite runs, including those that later versions add.
 *
 * <pre>{@code
 * class MyJobStoreContractTest extends JobStoreContract {
 *     @Override
 *     protected StoreHarness open() {
 *         return new MyHarness();
 *     }
 * }
 * }</pre>
 */
public abstract class JobStoreContract {

    /** Opens an empty store. Called once before each test, which closes the harness when it ends. */
    protected abstract StoreHarness open();

    // JobStore.intake()

    @Nested
    class Enqueue extends EnqueueContract {}

    @Nested
    class EnqueueAndClaim extends EnqueueAndClaimContract {}

    @Nested
    class UniqueKey extends UniqueKeyContract {}

    @Nested
    class KeyRelease extends KeyReleaseContract {}

    @Nested
    class UniqueFor extends UniqueForContract {}

    @Nested
    class Throttle extends ThrottleContract {}

    @Nested
    class Debounce extends DebounceContract {}

    // JobStore.leases()

    @Nested
    class Claim extends ClaimContract {}

    @Nested
    class SeveralQueues extends SeveralQueuesContract {}

    @Nested
    class ClaimBesideAnother extends ClaimContract {
        @Override
        io.headrace.spi.Claim claim(ClaimRequest request) {
            return claimBesideAnother(request);
        }
    }

    @Nested
    class ClaimOrderBesideAnother extends ClaimOrderContract {
        @Override
        io.headrace.spi.Claim claim(ClaimRequest request) {
            return claimBesideAnother(request);
        }
    }

    @Nested
    class SuspicionBesideAnother extends SuspicionContract {
        @Override
        io.headrace.spi.Claim claim(ClaimRequest request) {
            return claimBesideAnother(request);
        }
    }

    @Nested
    class ClaimOrder extends ClaimOrderContract {}

    @Nested
    class Poll extends PollContract {}

    @Nested
    class Payload extends PayloadContract {}

    @Nested
    class Progress extends ProgressContract {}

    @Nested
    class Settle extends SettleContract {}

    @Nested
    class SettleWholeLeases extends SettleContract {
        @Override
        java.util.List<Settlement> settleLate(long worker, java.util.List<Settlement> settlements) {
            return settleLateAsWholeLeases(worker, settlements);
        }
    }

    @Nested
    class Result extends ResultContract {}

    @Nested
    class ResultOfWholeLeases extends ResultContract {
        @Override
        java.util.List<Settlement> settleLate(long worker, java.util.List<Settlement> settlements) {
            return settleLateAsWholeLeases(worker, settlements);
        }
    }

    @Nested
    class FollowUp extends FollowUpContract {}

    @Nested
    class FollowUpWithKey extends FollowUpContract {
        private int keys;

        @Override
        EncodedJob encoded(Draft job) {
            boolean keyed = job.uniqueKey() != null || job.terms() != null;
            return (keyed ? job : job.uniqueKey("key " + keys++)).encode();
        }
    }

    @Nested
    class FollowUpOfWholeLeases extends FollowUpContract {
        @Override
        java.util.List<Settlement> settleLate(long worker, java.util.List<Settlement> settlements) {
            return settleLateAsWholeLeases(worker, settlements);
        }
    }

    @Nested
    class RunAgain extends RunAgainContract {}

    @Nested
    class Fencing extends FencingContract {}

    @Nested
    class FencingOfWholeLeases extends FencingContract {
        @Override
        java.util.List<Settlement> settleLate(long worker, java.util.List<Settlement> settlements) {
            return settleLateAsWholeLeases(worker, settlements);
        }
    }

    @Nested
    class Split extends SplitContract {}

    @Nested
    class CompleteIn extends CompleteInContract {}

    // JobStore.results()

    @Nested
    class Ends extends EndsContract {}

    @Nested
    class Await extends AwaitContract {}

    // JobStore.workers()

    @Nested
    class Lease extends LeaseContract {}

    @Nested
    class Sweep extends SweepContract {}

    @Nested
    class NextSweep extends NextSweepContract {}

    @Nested
    class Suspicion extends SuspicionContract {}

    @Nested
    class Outage extends OutageContract {}

    // JobStore.wakeUps()

    @Nested
    class WakeUp extends WakeUpContract {}

    @Nested
    class DelayedWakeUp extends DelayedWakeUpContract {}

    // JobStore.inspector()

    @Nested
    class Find extends FindContract {}

    @Nested
    class List extends ListContract {}

    @Nested
    class ListFilter extends ListFilterContract {}

    @Nested
    class ListWalk extends ListWalkContract {}

    @Nested
    class Look extends LookContract {}

    @Nested
    class Why extends WhyContract {}

    @Nested
    class WhyNotWaiting extends WhyNotWaitingContract {}

    @Nested
    class Overview extends OverviewContract {}

    @Nested
    class Depth extends DepthContract {}

    @Nested
    class Health extends HealthContract {}

    @Nested
    class Diagnosis extends DiagnosisContract {}

    @Nested
    class Audit extends AuditContract {}

    // JobStore.monitor()

    @Nested
    class Live extends LiveContract {}

    @Nested
    class Activity extends ActivityContract {}

    @Nested
    class Ended extends EndedContract {}

    @Nested
    class Mark extends MarkContract {}

    // JobStore.decisions()

    @Nested
    class Cancel extends CancelContract {}

    @Nested
    class RunNow extends RunNowContract {}

    @Nested
    class FailedJobs extends FailedJobsContract {}

    @Nested
    class FailureCauses extends FailureCausesContract {}

    @Nested
    class Probe extends ProbeContract {}

    @Nested
    class Trace extends TraceContract {}

    @Nested
    class Pause extends PauseContract {}

    @Nested
    class Prune extends PruneContract {}

    @Nested
    class PruneCompleted extends PruneCompletedContract {}

    // JobStore.signals()

    @Nested
    class Signal extends SignalContract {}

    @Nested
    class SignalWait extends SignalWaitContract {}

    @Nested
    class SignalRecord extends SignalRecordContract {}

    // JobStore.bulk()

    @Nested
    class Bulk extends BulkContract {}

    @Nested
    class BulkAction extends BulkActionContract {}

    // JobStore.operatorLog()

    @Nested
    class OperatorLog extends OperatorLogContract {}

    // JobStore.steps()

    @Nested
    class Step extends StepContract {}

    @Nested
    class StepFencing extends StepFencingContract {}

    @Nested
    class StepIn extends StepInContract {}

    @Nested
    class StepSurvival extends StepSurvivalContract {}

    @Nested
    class StepCursor extends StepCursorContract {}

    @Nested
    class StepRecord extends StepRecordContract {}

    // JobStore.schedules()

    @Nested
    class ScheduleWrite extends ScheduleWriteContract {}

    @Nested
    class SchedulePage extends SchedulePageContract {}

    @Nested
    class ScheduleDue extends ScheduleDueContract {}

    @Nested
    class ScheduleFire extends ScheduleFireContract {}

    @Nested
    class FireJob extends FireJobContract {}

    @Nested
    class WaitingFire extends WaitingFireContract {}

    @Nested
    class Backfill extends BackfillContract {}

    @Nested
    class ScheduleBusy extends ScheduleBusyContract {}

    @Nested
    class FireHistory extends FireHistoryContract {}

    @Nested
    class FirePrune extends FirePruneContract {}

    @Nested
    class Declared extends DeclaredContract {}

    @Nested
    class ScheduleAudit extends ScheduleAuditContract {}

    @Nested
    class ScheduleChanges extends ScheduleChangesContract {}
}
