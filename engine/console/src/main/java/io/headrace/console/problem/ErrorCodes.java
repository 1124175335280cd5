package io.headrace.console.problem;

import io.headrace.InvalidJobException;
import io.headrace.InvalidSettingException;
import io.headrace.PayloadTooLongException;
import io.headrace.StoreException;
import io.headrace.UnknownJobException;
import io.headrace.UnknownKindException;
import io.headrace.console.AccessRefusedException;
import io.headrace.operate.NotPermittedException;
import io.headrace.schedule.DeclaredScheduleException;
import io.headrace.schedule.InvalidCronException;
import io.headrace.schedule.InvalidScheduleException;
import io.headrace.schedule.UnknownScheduleException;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.springframework.core.io.buffer.DataBufferLimitException;

/** The codes of errors. */
final class ErrorCodes {

    private static final Map<Class<? extends Throwable>, ProblemCode> BY_TYPE = Map.ofEntries(
            Map.entry(InvalidSettingException.class, ProblemCode.INVALID_PARAMETER),
            Map.entry(InvalidJobException.class, ProblemCode.INVALID_PARAMETER),
            Map.entry(InvalidScheduleException.class, ProblemCode.INVALID_PARAMETER),
            Map.entry(InvalidCronException.class, ProblemCode.INVALID_PARAMETER),
            Map.entry(UnknownKindException.class, ProblemCode.INVALID_PARAMETER),
            Map.entry(PayloadTooLongException.class, ProblemCode.BODY_TOO_LONG),
            Map.entry(DataBufferLimitException.class, ProblemCode.BODY_TOO_LONG),
            Map.entry(UnknownJobException.class, ProblemCode.UNKNOWN_JOB),
            Map.entry(UnknownScheduleException.class, ProblemCode.UNKNOWN_SCHEDULE),
            Map.entry(DeclaredScheduleException.class, ProblemCode.CONFLICT),
            Map.entry(NotPermittedException.class, ProblemCode.NOT_PERMITTED),
            Map.entry(TimeoutException.class, ProblemCode.TIMEOUT));

    private ErrorCodes() {}

    static ProblemCode of(Throwable error) {
        if (error instanceof ProblemException problem) {
            return problem.code();
        }
        if (error instanceof AccessRefusedException refused) {
            return refused.challenge() == null ? ProblemCode.REFUSED : ProblemCode.UNAUTHENTICATED;
        }
        if (error instanceof StoreException store) {
            return store.isPassing() ? ProblemCode.STORE_UNAVAILABLE : ProblemCode.STORE_FAILED;
        }
        return BY_TYPE.getOrDefault(error.getClass(), ProblemCode.FAILED);
    }
}
