package io.headrace.cli.command;

import io.headrace.PayloadCodec;
import java.io.IOException;
import java.io.Writer;
import java.lang.reflect.Type;

/** Payloads that are JSON already: written as they are, so that no number loses a digit. */
final class JsonText implements PayloadCodec {

    @Override
    public void write(Object payload, Writer json) throws IOException {
        json.write(payload.toString());
    }

    @Override
    public Object read(String json, Type type) {
        return json;
    }
}
