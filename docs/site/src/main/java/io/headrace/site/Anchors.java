package io.headrace.site;

import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.jspecify.annotations.Nullable;

/** The ids of a page's headings, which are those that code hosts give them: links work in both places. */
final class Anchors {

    private final IdentityHashMap<Node, String> ids = new IdentityHashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final Map<String, Integer> repeated = new HashMap<>();
    private @Nullable String first;

    static Anchors of(Node document) {
        Anchors anchors = new Anchors();
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Heading heading) {
                anchors.add(heading);
            }
        });
        return anchors;
    }

    private void add(Heading heading) {
        String text = text(heading);
        if (first == null) {
            first = text;
        }
        String slug = slug(text);
        int before = repeated.merge(slug, 1, Integer::sum) - 1;
        String id = before == 0 ? slug : slug + "-" + before;
        ids.put(heading, id);
        taken.add(id);
    }

    static String slug(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    static String text(Node node) {
        StringBuilder text = new StringBuilder();
        node.accept(new AbstractVisitor() {
            @Override
            public void visit(Text part) {
                text.append(part.getLiteral());
            }

            @Override
            public void visit(Code part) {
                text.append(part.getLiteral());
            }
        });
        return text.toString();
    }

    /** The text of the page's first heading. */
    Optional<String> first() {
        return Optional.ofNullable(first);
    }

    @Nullable
    String id(Node heading) {
        return ids.get(heading);
    }

    boolean contains(String id) {
        return taken.contains(id);
    }
}
