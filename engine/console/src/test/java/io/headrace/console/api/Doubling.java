package io.headrace.console.api;

import io.headrace.PayloadTransform;

/** Writes each byte twice. */
final class Doubling implements PayloadTransform {
    @Override
    public String name() {
        return "doubling";
    }

    @Override
    public String keyId(Target target) {
        return "k1";
    }

    @Override
    public byte[] encode(byte[] payload, Context context) {
        byte[] twice = new byte[payload.length * 2];
        for (int i = 0; i < twice.length; i++) {
            twice[i] = payload[i / 2];
        }
        return twice;
    }

    @Override
    public byte[] decode(byte[] stored, Context context) {
        byte[] once = new byte[stored.length / 2];
        for (int i = 0; i < once.length; i++) {
            once[i] = stored[2 * i];
        }
        return once;
    }
}
