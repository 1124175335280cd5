package io.headrace.site;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Node;
import org.commonmark.renderer.html.AttributeProvider;
import org.commonmark.renderer.html.HtmlRenderer;

/** What stands around each page: title, style and navigation. */
final class Layout {

    static final String STYLE = "style.css";

    private final String template;
    private final Navigation navigation;

    private Layout(String template, Navigation navigation) {
        this.template = template;
        this.navigation = navigation;
    }

    static Layout of(Library library) throws IOException {
        return new Layout(resource("page.html"), Navigation.of(library));
    }

    String render(Page page) {
        return template.replace("{title}", escaped(page.title()))
                .replace("{style}", page.linkTo(Path.of(STYLE)))
                .replace("{home}", page.linkTo(Path.of("index.html")))
                .replace("{navigation}", navigation.html(page))
                // Last: what looks like a placeholder in a page is the page's own.
                .replace("{content}", renderer(page).render(page.document()));
    }

    private static HtmlRenderer renderer(Page page) {
        return HtmlRenderer.builder()
                .extensions(List.of(TablesExtension.create()))
                .attributeProviderFactory(context -> anchors(page))
                .build();
    }

    private static AttributeProvider anchors(Page page) {
        return (Node node, String tag, Map<String, String> attributes) -> {
            String id = page.anchors().id(node);
            if (id != null) {
                attributes.put("id", id);
            }
        };
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    static String resource(String name) throws IOException {
        try (InputStream resource = Layout.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new FileNotFoundException(name);
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
