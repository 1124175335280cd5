package io.headrace.spring.handler;

import java.lang.reflect.WildcardType;
import org.springframework.core.ResolvableType;

/** What a job carries, as a declaration says it. */
final class Payload {

    private Payload() {}

    /** @throws io.headrace.spring.HeadraceSetupException if it does not say */
    static ResolvableType of(ResolvableType declared, String where) {
        if (declared.resolve() == null
                || declared.getType() instanceof WildcardType
                || declared.hasUnresolvableGenerics()) {
            throw Unusable.payload(where);
        }
        return declared;
    }
}
