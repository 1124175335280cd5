package io.headrace.site;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;

/** The pages that the index links to, under the index's headings. */
final class Navigation {

    private record Section(String title, Set<Page> pages) {}

    private final List<Section> sections = new ArrayList<>();

    static Navigation of(Library library) {
        Page index = library.index();
        Navigation navigation = new Navigation();
        Set<Page> listed = new LinkedHashSet<>();
        index.document().accept(new AbstractVisitor() {
            @Override
            public void visit(Heading heading) {
                navigation.sections.add(new Section(Anchors.text(heading), new LinkedHashSet<>()));
            }

            @Override
            public void visit(Link link) {
                String path = link.getDestination().replaceFirst("#.*", "");
                Path target = index.path().resolveSibling(path).normalize();
                if (path.isEmpty() || navigation.sections.isEmpty()) {
                    return;
                }
                library.page(target)
                        .filter(listed::add)
                        .ifPresent(page -> navigation.last().pages.add(page));
            }
        });
        navigation.sections.removeIf(section -> section.pages.isEmpty());
        return navigation;
    }

    private Section last() {
        return sections.get(sections.size() - 1);
    }

    String html(Page from) {
        StringBuilder html = new StringBuilder();
        for (Section section : sections) {
            html.append("<h2>").append(Layout.escaped(section.title)).append("</h2>\n<ul>\n");
            for (Page page : section.pages) {
                html.append("<li><a href=\"")
                        .append(from.linkTo(page.target()))
                        .append(page.path().equals(from.path()) ? "\" aria-current=\"page\">" : "\">")
                        .append(Layout.escaped(page.title()))
                        .append("</a></li>\n");
            }
            html.append("</ul>\n");
        }
        return html.toString();
    }
}
