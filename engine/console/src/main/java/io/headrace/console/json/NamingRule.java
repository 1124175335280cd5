package io.headrace.console.json;

import java.time.Duration;
import tools.jackson.databind.PropertyNamingStrategy;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedMethod;

/**
 * How fields are named: like the component of the record, without a leading {@code is}. The name of a duration ends with
 * {@code Seconds}.
 */
final class NamingRule extends PropertyNamingStrategy {

    private static final long serialVersionUID = 1L;
    private static final String QUESTION = "is";

    @Override
    public String nameForGetterMethod(MapperConfig<?> config, AnnotatedMethod method, String defaultName) {
        Class<?> type = method.getRawType();
        if (type == Duration.class) {
            return defaultName + "Seconds";
        }
        return type == boolean.class ? withoutIs(defaultName) : defaultName;
    }

    private static String withoutIs(String name) {
        int start = QUESTION.length();
        return name.startsWith(QUESTION) && name.length() > start && Character.isUpperCase(name.charAt(start))
                ? Character.toLowerCase(name.charAt(start)) + name.substring(start + 1)
                : name;
    }
}
