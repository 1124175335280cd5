package io.headrace;

/** The stable names of reasons. */
final class ReasonCode implements JobReason.Cases<String> {

    static final ReasonCode CASES = new ReasonCode();

    private ReasonCode() {}

    @Override
    public String notDue(JobReason.NotDue reason) {
        return "NOT_DUE";
    }

    @Override
    public String waitsForRetry(JobReason.WaitsForRetry reason) {
        return "WAITS_FOR_RETRY";
    }

    @Override
    public String waitsForSignal(JobReason.WaitsForSignal reason) {
        return "WAITS_FOR_SIGNAL";
    }

    @Override
    public String queuePaused(JobReason.QueuePaused reason) {
        return "QUEUE_PAUSED";
    }

    @Override
    public String noEngineOnQueue(JobReason.NoEngineOnQueue reason) {
        return "NO_ENGINE_ON_QUEUE";
    }

    @Override
    public String noEngineKnowsKind(JobReason.NoEngineKnowsKind reason) {
        return "NO_ENGINE_KNOWS_KIND";
    }

    @Override
    public String enginesBusy(JobReason.EnginesBusy reason) {
        return "ENGINES_BUSY";
    }

    @Override
    public String suspected(JobReason.Suspected reason) {
        return "SUSPECTED";
    }

    @Override
    public String due(JobReason.Due reason) {
        return "DUE";
    }

    @Override
    public String leased(JobReason.Leased reason) {
        return "LEASED";
    }

    @Override
    public String completed(JobReason.Completed reason) {
        return "COMPLETED";
    }

    @Override
    public String ended(JobReason.Ended reason) {
        return reason.state().name();
    }

    @Override
    public String pruned(JobReason.Pruned reason) {
        return "PRUNED";
    }

    @Override
    public String unknown(JobReason.Unknown reason) {
        return "UNKNOWN";
    }
}
