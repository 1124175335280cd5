package io.headrace.engine.value;

import io.headrace.InvalidValueException;
import io.headrace.JobConstraints;
import io.headrace.JobId;
import io.headrace.PayloadCodec;
import io.headrace.PayloadTransform.Target;
import io.headrace.PayloadTransforms;
import io.headrace.TransformSubject;
import io.headrace.ValueTransformException;
import io.headrace.ValueUnreadableException;
import io.headrace.engine.json.JsonValues;
import io.headrace.engine.lease.LeasedJob;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Every value that jobs keep beside their payload, and every value of a signal, is written and read here: as JSON, and
 * transformed if there are transforms. Thread-safe.
 *
 * <p>All that write throw an {@link InvalidValueException} if the value cannot be written, cannot be stored, or is too long.
 * All that read throw a {@link ValueTransformException} if the transforms cannot be undone, and another
 * {@link ValueUnreadableException} if the value does not parse into the type.
 */
public final class StoredValues {

    /** How much longer a value may be before it is transformed, as for payloads. */
    private static final int LONGER_BEFORE_TRANSFORMS = 16;

    private final JsonValues json;
    private final PayloadTransforms transforms;

    public StoredValues(PayloadCodec codec, PayloadTransforms transforms) {
        this.json = new JsonValues(codec);
        this.transforms = transforms;
    }

    public String writeResult(LeasedJob job, Object value) {
        return ofJob("the result", job, () -> TransformSubject.result(id(job)), value);
    }

    public String writeStep(LeasedJob job, String name, Object value) {
        return ofJob(step(name), job, () -> TransformSubject.step(id(job), name), value);
    }

    public String writeCursor(LeasedJob job, Object value) {
        return ofJob("the cursor", job, () -> TransformSubject.cursor(id(job)), value);
    }

    public String writeSignal(String key, Object value) {
        String what = "the value of the signal";
        return transforms.isEmpty()
                ? plain(what, value)
                : stored(what, new Target(TransformSubject.signal(key), null, Map.of()), value);
    }

    public Object readResult(JobId job, String stored, Type type) {
        return read("The result of job " + job, () -> TransformSubject.result(job), stored, type);
    }

    public Object readStep(LeasedJob job, String name, String stored, Type type) {
        return read(step(name), () -> TransformSubject.step(id(job), name), stored, type);
    }

    public Object readCursor(LeasedJob job, String stored, Type type) {
        return read("the cursor", () -> TransformSubject.cursor(id(job)), stored, type);
    }

    public Object readSignal(String key, String stored, Type type) {
        return read("the value of the signal '" + key + "'", () -> TransformSubject.signal(key), stored, type);
    }

    private static String step(String name) {
        return "the value of step '" + name + "'";
    }

    private static JobId id(LeasedJob job) {
        return new JobId(job.job().id());
    }

    private String plain(String what, Object value) {
        return unreserved(what, json.write(what, value));
    }

    /** @param subject asked only if there are transforms: it writes the id of the job as text */
    private String ofJob(String what, LeasedJob job, Supplier<TransformSubject> subject, Object value) {
        if (transforms.isEmpty()) {
            return plain(what, value);
        }
        Map<String, String> headers = JobHeaders.own(JobHeaders.all(job.headers()));
        return stored(what, new Target(subject.get(), job.job().kind(), headers), value);
    }

    private String stored(String what, Target target, Object value) {
        PayloadTransforms applied = transforms.applyingTo(target);
        if (applied.isEmpty()) {
            return plain(what, value);
        }
        int most = JobConstraints.VALUE_BYTES * LONGER_BEFORE_TRANSFORMS;
        String stored = applied.encodeValue(what, target, unreserved(what, json.write(what, value, most)));
        if (stored.length() > JobConstraints.VALUE_BYTES) {
            throw new InvalidValueException(
                    what,
                    "has " + stored.length() + " bytes as it is stored, transformed, and exceeds the limit of "
                            + JobConstraints.VALUE_BYTES + " bytes" + JsonValues.LIMIT,
                    null);
        }
        return stored;
    }

    /** A value that looked as if it was transformed could not be told from one that is. */
    private static String unreserved(String what, String value) {
        if (PayloadTransforms.isTransformed(value)) {
            throw new InvalidValueException(
                    what,
                    "has the field '" + PayloadTransforms.HEADER
                            + "', which is reserved for values that are stored transformed. Rename it, or wrap the value in"
                            + " another object",
                    null);
        }
        return value;
    }

    private Object read(String what, Supplier<TransformSubject> subject, String stored, Type type) {
        if (!PayloadTransforms.isTransformed(stored)) {
            return json.read(what, stored, type);
        }
        String value = transforms.decodeValue(subject.get(), stored);
        try {
            return json.read(what, value, type);
        } catch (ValueUnreadableException e) {
            throw ValueUnreadableException.ofTransformed(
                    what, type.getTypeName(), e.getCause() == null ? e : e.getCause());
        }
    }
}
