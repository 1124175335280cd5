package io.headrace;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A transform that was applied, as the header of the job or the field of the value names it. */
record AppliedTransform(String name, @Nullable String keyId) {

    static final PayloadCodec HEADERS = new JacksonPayloadCodec();

    private static final Pattern NAME = Pattern.compile("[a-z0-9.-]{1,40}");
    private static final Pattern KEY_ID = Pattern.compile("[!-~&&[^,]]{1,200}");

    static AppliedTransform of(String name, @Nullable String keyId) {
        if (keyId != null && !KEY_ID.matcher(keyId).matches()) {
            throw new IllegalArgumentException("the key id '" + keyId
                    + "' is invalid: it must have 1 to 200 printable ASCII characters, without space and comma");
        }
        return new AppliedTransform(name, keyId);
    }

    static void checkNames(Collection<? extends PayloadTransform> transforms) {
        Set<String> names = new HashSet<>();
        for (PayloadTransform transform : transforms) {
            String name = transform.name();
            if (!NAME.matcher(name).matches()) {
                throw new InvalidSettingException(
                        "transform", "the name '" + name + "' is not 1 to 40 of the characters a-z, 0-9, - and .");
            }
            if (!names.add(name)) {
                throw new InvalidSettingException(
                        "transform",
                        "'" + name + "' is configured twice. For a second key, let one transform return another keyId");
            }
        }
    }

    PayloadTransform.Context context(TransformSubject subject) {
        return new PayloadTransform.Context(subject.text(), keyId);
    }

    static String header(List<AppliedTransform> applied) {
        return applied.stream().map(AppliedTransform::toString).collect(Collectors.joining(","));
    }

    static List<AppliedTransform> parse(TransformSubject subject, String header) throws TransformFailure {
        List<AppliedTransform> applied = new ArrayList<>();
        for (String each : header.split(",", -1)) {
            int end = each.indexOf('=');
            String name = end < 0 ? each : each.substring(0, end);
            String keyId = end < 0 ? null : each.substring(end + 1);
            if (!NAME.matcher(name).matches()
                    || (keyId != null && !KEY_ID.matcher(keyId).matches())) {
                throw TransformFailure.unreadableHeader(subject, header);
            }
            applied.add(new AppliedTransform(name, keyId));
        }
        return applied;
    }

    @Override
    public String toString() {
        return keyId == null ? name : name + "=" + keyId;
    }
}
