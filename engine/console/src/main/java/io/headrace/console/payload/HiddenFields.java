package io.headrace.console.payload;

import io.headrace.console.Redaction;
import java.io.StringWriter;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Replaces the values of named fields. It copies token by token, so that no number loses a digit. */
public final class HiddenFields implements Redaction {

    private static final String HIDDEN = "(hidden)";
    private static final String UNREADABLE = "\"(hidden: fields of it must not be shown, and it cannot be read)\"";
    private static final int DEEPEST = 10_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNestingDepth(DEEPEST)
                    .build())
            .build();

    private final Set<String> names;

    /** @param names the fields whose values are replaced */
    public HiddenFields(Set<String> names) {
        this.names = names.stream().map(HiddenFields::plain).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public String apply(String kind, String json) {
        StringWriter out = new StringWriter();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json);
                JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            copy(parser, generator);
        } catch (JacksonException e) {
            return UNREADABLE;
        }
        return out.toString();
    }

    private void copy(JsonParser parser, JsonGenerator generator) {
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (token == JsonToken.PROPERTY_NAME && names.contains(plain(parser.currentName()))) {
                parser.nextToken();
                parser.skipChildren();
                generator.writeName(parser.currentName());
                generator.writeString(HIDDEN);
            } else if (token.isNumeric()) {
                generator.writeNumber(parser.getString());
            } else {
                generator.copyCurrentEvent(parser);
            }
        }
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
