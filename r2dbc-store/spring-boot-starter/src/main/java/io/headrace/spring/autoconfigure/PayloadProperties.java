package io.headrace.spring.autoconfigure;

import io.headrace.JacksonPayloadCodec;
import io.headrace.PayloadCodec;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How payloads are read. Without effect where a PayloadCodec bean replaces Jackson's.
 *
 * @param strict Whether a payload with properties that the handler's type does not know fails its job; ignored otherwise.
 */
public record PayloadProperties(@DefaultValue("false") boolean strict) {

    PayloadCodec codec() {
        return strict ? JacksonPayloadCodec.strict() : new JacksonPayloadCodec();
    }
}
