package io.headrace.site;

import java.nio.file.Path;
import java.util.List;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;

/**
 * One Markdown file.
 *
 * @param path where it stands in the repository
 * @param document what it says; {@link Links} rewrites its links
 * @param anchors its headings
 */
record Page(Path path, Node document, Anchors anchors) {

    private static final Parser PARSER =
            Parser.builder().extensions(List.of(TablesExtension.create())).build();

    static Page read(Path path, String markdown) {
        Node document = PARSER.parse(markdown);
        return new Page(path, document, Anchors.of(document));
    }

    String title() {
        return anchors.first().orElseGet(path::toString);
    }

    /** Where its HTML stands in the site. */
    Path target() {
        String name = path.getFileName().toString();
        String html = name.equals("README.md") ? "index.html" : name.substring(0, name.length() - 2) + "html";
        return path.resolveSibling(html);
    }

    /** How this page's HTML links to another's. */
    String linkTo(Path other) {
        Path folder = target().getParent();
        Path relative = folder == null ? other : folder.relativize(other);
        return relative.toString().replace('\\', '/');
    }
}
