package io.headrace.spring.autoconfigure;

import io.headrace.JacksonPayloadCodec;
import io.headrace.PayloadCodec;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for reading payloads. They have no effect if a PayloadCodec bean replaces Jackson.
 *
 * @param strict Whether properties that the handler's type does not have fail the job, instead of being ignored.
 */
public record PayloadProperties(@DefaultValue("false") boolean strict) {

    PayloadCodec codec() {
        return strict ? JacksonPayloadCodec.strict() : new JacksonPayloadCodec();
    }
}
