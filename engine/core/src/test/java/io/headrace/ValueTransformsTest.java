package io.headrace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headrace.PayloadTransform.Target;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is stored of a transformed value, and what is taken for one. */
class ValueTransformsTest {

    private static final JobId JOB = JobId.parse("01Q8ZPXRG0002");
    private static final TransformSubject RESULT = TransformSubject.result(JOB);

    /** Puts what it is told in front of the bytes. */
    private record Stamp(@Nullable String key) implements PayloadTransform {

        @Override
        public String name() {
            return "stamp";
        }

        @Override
        public @Nullable String keyId(Target target) {
            return key;
        }

        @Override
        public byte[] encode(byte[] json, Context context) {
            return (context + new String(json, UTF_8)).getBytes(UTF_8);
        }

        @Override
        public byte[] decode(byte[] stored, Context context) {
            String text = new String(stored, UTF_8);
            if (!text.startsWith(context.toString())) {
                throw new IllegalStateException("stamped " + text);
            }
            return text.substring(context.toString().length()).getBytes(UTF_8);
        }
    }

    private static PayloadTransforms stamp(@Nullable String key) {
        return PayloadTransforms.of(List.of(new Stamp(key)));
    }

    private static String encoded(PayloadTransforms by) {
        return by.encodeValue("the result", new Target(RESULT, "mill", Map.of()), "[1]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"k1", "\"", "\\", "a\\\"b{}:[]'"})
    void theIdOfTheKeyComesBackWithTheValue(String key) {
        String stored = encoded(stamp(key));

        assertThat(stored).startsWith("{\"value\": \"").contains("\", \"headrace.transform\": \"stamp=");
        assertThat(PayloadTransforms.valueTransform(stored)).isEqualTo("stamp=" + key);
        assertThat(stamp("other").decodeValue(RESULT, stored)).isEqualTo("[1]");
    }

    @Test
    void theOrderOfTheFieldsDoesNotMatterNorDoSpaces() {
        String stored = encoded(stamp("k1"));
        String value = stored.substring(stored.indexOf(": ") + 2, stored.indexOf(','));

        String other = "\n{ \"headrace.transform\" :\"stamp=k1\",\"value\":" + value + "\t}";

        assertThat(stamp("k1").decodeValue(RESULT, other)).isEqualTo("[1]");
    }

    @Test
    void whatItBelongsToIsTheSameForTheOneWhoDecodes() {
        assertThatExceptionOfType(ValueTransformException.class)
                .isThrownBy(() -> stamp("k1").decodeValue(TransformSubject.cursor(JOB), encoded(stamp("k1"))))
                .withMessageContaining("The cursor of job 01Q8ZPXRG0002 cannot be decoded by the transform 'stamp=k1'")
                .withMessageContaining("Context[subject=result 01Q8ZPXRG0002, keyId=k1]");
        assertThat(List.of(
                        TransformSubject.payload("mill").text(),
                        TransformSubject.step(JOB, "a b").text(),
                        TransformSubject.cursor(JOB).text(),
                        TransformSubject.signal("flour/7").text()))
                .containsExactly("payload mill", "step 01Q8ZPXRG0002 a b", "cursor 01Q8ZPXRG0002", "signal flour/7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"headrace.transform\":1}",
                " {\"a\":[{\"b\":\"}\"}],\"headrace.transform\":null}",
                "{\"a\":\"\\\"\",\"headrace\\u002Etransform\":\"gzip\"}",
                "{\"\\u0068eadrace.transfor\\u006d\":\"gzip\"}"
            })
    void anObjectThatHasTheFieldIsTakenForOne(String json) {
        assertThat(PayloadTransforms.isTransformed(json)).isTrue();
        assertThatExceptionOfType(ValueTransformException.class)
                .isThrownBy(() -> stamp("k1").decodeValue(RESULT, json))
                .withMessageContaining("not the form of a transformed value: it was not stored by a client");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"headrace.transform\"",
                "[\"headrace.transform\",{\"headrace.transform\":1}]",
                "{\"a\":\"headrace.transform\",\"b\":{\"headrace.transform\":1}}",
                "{\"a\":[{\"headrace.transform\":1}]}",
                "{\"headrace.transforms\":1,\"xheadrace.transform\":1,\"headrace\\\\u002etransform\":1}",
                "{\"a\":\"\\\",\\\"headrace.transform\\\":\"}",
                "{\"headrace\":\"\\u002e\"}",
                "{}",
                "7"
            })
    void whatMentionsTheFieldElsewhereIsNot(String json) {
        assertThat(PayloadTransforms.isTransformed(json)).isFalse();
        assertThat(PayloadTransforms.valueTransform(json)).isNull();
        assertThat(stamp("k1").decodeValue(RESULT, json)).isSameAs(json);
    }

    @Test
    void whatSomebodyHasWrittenDeeperThanItCanBeReadIsAnErrorToo() {
        String deep = "{\"headrace.transform\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";

        assertThat(PayloadTransforms.valueTransform(deep)).isEqualTo("unknown");
        assertThatExceptionOfType(ValueTransformException.class)
                .isThrownBy(() -> stamp("k1").decodeValue(RESULT, deep));
    }

    @Test
    void theResultOfASnapshotIsDecoded() {
        JobSnapshot job = new JobSnapshot(
                JOB,
                JobState.COMPLETED,
                "q",
                "mill",
                4,
                1,
                null,
                null,
                "1",
                null,
                null,
                null,
                encoded(stamp(null)),
                List.of());

        assertThat(stamp(null).decodeResult(job)).isEqualTo("[1]");
        assertThat(stamp(null).decodeResult(job.withoutPayload())).isNull();
    }
}
