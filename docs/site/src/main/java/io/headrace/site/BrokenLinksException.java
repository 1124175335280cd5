package io.headrace.site;

import java.util.List;

/** Pages link to files or headings that do not exist. The message lists them, one a line. */
public final class BrokenLinksException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BrokenLinksException(List<String> links) {
        super(String.format("Broken links: %d%n%s", links.size(), String.join(System.lineSeparator(), links)));
    }
}
