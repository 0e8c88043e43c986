package ai.kubiya.server.docs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;

/** Markdown of our own pages as HTML, with an id for each heading that git hosts give it too. */
final class DocRenderer {
    private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());

    private final Parser parser = Parser.builder().extensions(EXTENSIONS).build();
    private final TextContentRenderer plain =
            TextContentRenderer.builder().extensions(EXTENSIONS).build();
    private final DocLinks links;

    DocRenderer(DocLinks links) {
        this.links = links;
    }

    /** A heading of a page. */
    record Section(int level, String id, String title) {}

    /**
     * A page.
     *
     * @param title of its first heading
     * @param sections its headings, the first one too
     */
    record Rendered(String title, String html, List<Section> sections) {}

    Rendered render(String file, String markdown) {
        Node document = parser.parse(markdown);
        Map<Node, String> ids = new HashMap<>();
        List<Section> sections = new ArrayList<>();
        document.accept(new AbstractVisitor() {
            private final Map<String, Integer> taken = new HashMap<>();

            @Override
            public void visit(Heading heading) {
                String title = textOf(heading);
                String slug = slug(title);
                int before = taken.merge(slug, 1, Integer::sum);
                String id = before == 1 ? slug : slug + "-" + (before - 1);
                ids.put(heading, id);
                sections.add(new Section(heading.getLevel(), id, title));
            }
        });
        withoutDeadEnds(file, document);
        HtmlRenderer html = HtmlRenderer.builder()
                .extensions(EXTENSIONS)
                .attributeProviderFactory(_ -> (node, _, attributes) -> {
                    if (ids.containsKey(node)) {
                        attributes.put("id", ids.get(node));
                    }
                })
                .build();
        String body = html.render(document)
                .replace("<table>", "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table>")
                .replace("</table>", "</table></div>")
                // A column that needs no name has no heading, not an empty one.
                .replace("<th></th>", "<td></td>");
        return new Rendered(sections.isEmpty() ? file : sections.getFirst().title(), body, sections);
    }

    /** A short text of Markdown within other HTML. */
    String fragment(String markdown) {
        return HtmlRenderer.builder()
                .extensions(EXTENSIONS)
                .escapeHtml(true)
                .build()
                .render(parser.parse(markdown));
    }

    /** Without marks, for searching. */
    String plain(String markdown) {
        return plain.render(parser.parse(markdown));
    }

    /** Links lead to served pages; those to what only the repository has stay as their text. */
    private void withoutDeadEnds(String file, Node document) {
        List<Link> found = new ArrayList<>();
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                found.add(link);
            }
        });
        for (Link link : found) {
            Optional<String> target = links.resolve(file, link.getDestination());
            if (target.isPresent()) {
                link.setDestination(target.get());
            } else {
                while (link.getFirstChild() != null) {
                    link.insertBefore(link.getFirstChild());
                }
                link.unlink();
            }
        }
    }

    private static String textOf(Node node) {
        StringBuilder text = new StringBuilder();
        node.accept(new AbstractVisitor() {
            @Override
            public void visit(Text piece) {
                text.append(piece.getLiteral());
            }

            @Override
            public void visit(Code code) {
                text.append(code.getLiteral());
            }
        });
        return text.toString();
    }

    /** As git hosts make them: lower case, hyphens for spaces, no other marks. */
    static String slug(String title) {
        return title.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }
}
