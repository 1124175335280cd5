package io.headrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How payloads are encoded and decoded, and what is refused. */
class PayloadTransformsTest {

    private static final Map<String, String> NO_HEADERS = Map.of();

    /** Adds one to each byte. */
    record Shift(String name, @Nullable String key) implements PayloadTransform {

        @Override
        public @Nullable String keyId(Target target) {
            return key;
        }

        @Override
        public byte[] encode(byte[] payload, Context context) {
            return shifted(payload, 1);
        }

        @Override
        public byte[] decode(byte[] stored, Context context) {
            if (stored.length == 0) {
                throw new IllegalArgumentException();
            }
            return shifted(stored, -1);
        }

        private static byte[] shifted(byte[] bytes, int by) {
            byte[] all = bytes.clone();
            for (int i = 0; i < all.length; i++) {
                all[i] += (byte) by;
            }
            return all;
        }
    }

    private final PayloadTransforms one = PayloadTransforms.of(List.of(new Shift("shift", null)));

    @Test
    void eachCharacterComesBack() {
        String json = "{\"to\":\"Łódź 麦 \uD83D\uDE00\",\"n\":1e3}";

        PayloadTransforms.Encoded encoded = one.encode("mill", NO_HEADERS, json);

        assertThat(encoded.header()).isEqualTo("shift");
        assertThat(encoded.json()).isNotEqualTo(json).matches("\"[A-Za-z0-9+/]+=*\"");
        assertThat(one.decode("mill", encoded.header(), encoded.json())).isEqualTo(json);
    }

    @Test
    void theHeaderSaysInWhichOrderTheyAreUndone() {
        PayloadTransforms two =
                PayloadTransforms.of(List.of(new Shift("a", "key/1=:x"), new Shift("b.c-2", null), new Marked()));
        PayloadTransforms.Encoded encoded = two.encode("mill", NO_HEADERS, "1");
        assertThat(encoded.header()).isEqualTo("a=key/1=:x,b.c-2,marked");

        PayloadTransforms other =
                PayloadTransforms.of(List.of(new Marked(), new Shift("b.c-2", null), new Shift("a", "new")));

        assertThat(other.decode("mill", encoded.header(), encoded.json())).isEqualTo("1");
    }

    /** Works only on what it has marked itself, so it must be the last to encode and the first to decode. */
    private static final class Marked implements PayloadTransform {
        @Override
        public String name() {
            return "marked";
        }

        @Override
        public byte[] encode(byte[] payload, Context context) {
            return ("marked" + new String(payload, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1);
        }

        @Override
        public byte[] decode(byte[] stored, Context context) {
            String text = new String(stored, StandardCharsets.ISO_8859_1);
            if (!text.startsWith("marked")) {
                throw new IllegalStateException("not marked");
            }
            return text.substring(6).getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"no base 64!\"", "{}", "7", "\"", "\"AAA=A\""})
    void whatIsNoBase64StringWasNotStoredByAClient(String stored) {
        assertThatExceptionOfType(PayloadTransformException.class)
                .isThrownBy(() -> one.decode("mill", "shift", stored))
                .withMessageContaining("kind 'mill'")
                .withMessageContaining("not a JSON string in Base64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "shift,", "Shift", "shift=", "shift=a b", "shift;shift"})
    void aHeaderThatNamesNoTransformsIsRefused(String header) {
        assertThatExceptionOfType(PayloadTransformException.class)
                .isThrownBy(() -> one.decode("mill", header, "\"AAAA\""))
                .withMessageContaining("does not name transforms");
    }

    @Test
    void anErrorWithoutAMessageIsNamed() {
        assertThatExceptionOfType(PayloadTransformException.class)
                .isThrownBy(() -> one.decode("mill", "shift", "\"\""))
                .withMessageContaining("'shift': java.lang.IllegalArgumentException")
                .satisfies(e -> assertThat(e.kind()).isEqualTo("mill"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a,b", "ä", "a\n"})
    void aKeyIdThatDoesNotFitTheHeaderIsRefused(String keyId) {
        PayloadTransforms bad = PayloadTransforms.of(List.of(new Shift("shift", keyId)));
        assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() -> bad.encode("mill", NO_HEADERS, "1"))
                .withMessageContaining("payload: of kind 'mill' cannot be encoded by the transform 'shift'")
                .withMessageContaining("the key id '" + keyId + "' is invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AES", "a=b", "a,b", "12345678901234567890123456789012345678901"})
    void aNameThatDoesNotFitTheHeaderIsRefused(String name) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> PayloadTransforms.of(List.of(new Shift(name, null))))
                .withMessageContaining("transform: the name '" + name + "'");
    }

    @Test
    void onlyNamesTypes() {
        JobType<?>[] none = {};
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> new Shift("shift", null).only(none))
                .withMessageContaining("only() of 'shift' names no types")
                .withMessageContaining("readOnly()");
        PayloadTransforms reading = PayloadTransforms.of(List.of(new Shift("shift", null).readOnly()));
        assertThat(reading.applyingTo(PayloadTransform.Target.payload("mill", NO_HEADERS))
                        .isEmpty())
                .isTrue();
        assertThat(reading.decode(
                        "mill", "shift", one.encode("mill", NO_HEADERS, "1").json()))
                .isEqualTo("1");
    }

    @Test
    void thoseThatApplyToAKindEncodeItsPayloads() {
        JobType<String> mill = JobType.of("mill", String.class);
        PayloadTransforms some = PayloadTransforms.of(List.of(new Shift("a", null), new Shift("b", null).only(mill)));

        assertThat(some.applyingTo(PayloadTransform.Target.payload("mill", NO_HEADERS))
                        .encode("mill", NO_HEADERS, "1")
                        .header())
                .isEqualTo("a,b");
        assertThat(some.applyingTo(PayloadTransform.Target.payload("weir", NO_HEADERS))
                        .encode("weir", NO_HEADERS, "1")
                        .header())
                .isEqualTo("a");
        assertThat(PayloadTransforms.NONE.applyingTo(PayloadTransform.Target.payload("mill", NO_HEADERS)))
                .isSameAs(PayloadTransforms.NONE);
    }
}
