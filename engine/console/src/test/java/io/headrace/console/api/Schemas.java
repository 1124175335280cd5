package io.headrace.console.api;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Compares values with the part of JSON Schema that the document of the API uses. A keyword that it does not know is an error. */
final class Schemas {

    private static final List<String> KNOWN = List.of(
            "type",
            "properties",
            "required",
            "additionalProperties",
            "items",
            "enum",
            "anyOf",
            "pattern",
            "format",
            "minimum",
            "maximum",
            "description",
            "$ref");

    private final JsonNode document;

    Schemas(JsonNode document) {
        this.document = document;
    }

    List<String> errors(JsonNode schema, JsonNode value) {
        List<String> errors = new ArrayList<>();
        check("$", schema, value, errors);
        return errors;
    }

    private void check(String at, JsonNode schema, JsonNode value, List<String> errors) {
        schema.propertyNames().stream()
                .filter(name -> !KNOWN.contains(name))
                .forEach(name -> errors.add(at + ": keyword " + name + " is not known here"));
        if (schema.has("$ref")) {
            check(at, document.at(schema.path("$ref").asString().substring(1)), value, errors);
            return;
        }
        if (schema.has("anyOf")) {
            boolean fits = schema.path("anyOf")
                    .valueStream()
                    .anyMatch(one -> errors(one, value).isEmpty());
            if (!fits) {
                errors.add(at + ": " + value + " fits none of " + schema.path("anyOf"));
            }
            return;
        }
        if (!hasType(schema.path("type"), value)) {
            errors.add(at + ": " + value + " is no " + schema.path("type"));
            return;
        }
        checkText(at, schema, value, errors);
        if (schema.has("minimum")
                && value.isNumber()
                && value.asLong() < schema.path("minimum").asLong()) {
            errors.add(at + ": " + value + " is less than the minimum");
        }
        if (value.isObject() && schema.has("additionalProperties")) {
            checkFields(at, schema, value, errors);
        }
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                check(at + "[" + i + "]", schema.path("items"), value.get(i), errors);
            }
        }
    }

    private void checkFields(String at, JsonNode schema, JsonNode value, List<String> errors) {
        schema.path("required").forEach(name -> {
            if (!value.has(name.asString())) {
                errors.add(at + ": " + name + " is missing");
            }
        });
        value.forEachEntry((name, field) -> {
            JsonNode known = schema.path("properties").has(name)
                    ? schema.path("properties").path(name)
                    : schema.path("additionalProperties");
            if (!known.isObject()) {
                errors.add(at + ": '" + name + "' is not in the document");
            } else {
                check(at + "." + name, known, field, errors);
            }
        });
    }

    private static void checkText(String at, JsonNode schema, JsonNode value, List<String> errors) {
        if (!value.isString()) {
            return;
        }
        String text = value.asString();
        if (schema.has("enum") && schema.path("enum").valueStream().noneMatch(value::equals)) {
            errors.add(at + ": " + value + " is none of " + schema.path("enum"));
        }
        if (schema.has("pattern")
                && !Pattern.compile(schema.path("pattern").asString())
                        .matcher(text)
                        .find()) {
            errors.add(at + ": " + value + " does not match");
        }
        if (schema.path("format").asString("").equals("date-time")) {
            try {
                OffsetDateTime.parse(text);
            } catch (DateTimeException e) {
                errors.add(at + ": " + value + " is no time");
            }
        }
    }

    private static boolean hasType(JsonNode type, JsonNode value) {
        if (type.isMissingNode()) {
            return true;
        }
        return type.isArray()
                ? type.valueStream().anyMatch(one -> hasType(one, value))
                : switch (type.asString()) {
                    case "object" -> value.isObject();
                    case "array" -> value.isArray();
                    case "string" -> value.isString();
                    case "boolean" -> value.isBoolean();
                    case "integer" -> value.isIntegralNumber();
                    case "number" -> value.isNumber();
                    case "null" -> value.isNull();
                    default -> throw new IllegalArgumentException("type " + type);
                };
    }
}
