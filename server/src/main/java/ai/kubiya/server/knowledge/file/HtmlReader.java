package ai.kubiya.server.knowledge.file;

import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;

/** Makes Markdown of a web page: headings, lists, tables and code stay what they are, all else is paragraphs. */
final class HtmlReader implements NodeVisitor {
    private static final Set<String> UNSEEN =
            Set.of("script", "style", "noscript", "template", "svg", "nav", "iframe", "object", "head", "form");

    private final MarkdownText text = new MarkdownText();
    private int unseen;
    private int code;
    private int lists;

    private HtmlReader() {}

    static String text(Document page) {
        HtmlReader reader = new HtmlReader();
        NodeTraversor.traverse(reader, page.body());
        return reader.text.toString();
    }

    @Override
    public void head(Node node, int depth) {
        if (node instanceof TextNode words && unseen == 0) {
            if (code > 0) {
                text.add(words.getWholeText());
            } else {
                text.words(words.getWholeText());
            }
        } else if (node instanceof Element element) {
            begin(element, element.normalName());
        }
    }

    private void begin(Element element, String name) {
        if (UNSEEN.contains(name)) {
            unseen++;
        }
        if (unseen > 0) {
            return;
        }
        switch (name) {
            case "h1", "h2", "h3", "h4", "h5", "h6" -> {
                text.paragraph();
                text.add("#".repeat(name.charAt(1) - '0') + " ");
            }
            case "pre" -> {
                text.paragraph();
                text.add("```\n");
                code++;
            }
            case "ul", "ol" -> {
                lists++;
                text.line();
            }
            case "li" -> {
                text.line();
                text.add("  ".repeat(Math.clamp(lists - 1L, 0, 8)) + "- ");
            }
            case "br", "tr", "dt" -> text.line();
            case "td", "th" -> text.words(element.previousElementSibling() == null ? "" : " | ");
            case "dd" -> text.words(": ");
            default -> {
                if (element.isBlock() && lists == 0) {
                    text.paragraph();
                }
            }
        }
    }

    @Override
    public void tail(Node node, int depth) {
        if (!(node instanceof Element element)) {
            return;
        }
        String name = element.normalName();
        if (unseen > 0) {
            unseen -= UNSEEN.contains(name) ? 1 : 0;
            return;
        }
        switch (name) {
            case "pre" -> {
                code--;
                text.line();
                text.add("```\n");
                text.paragraph();
            }
            case "ul", "ol" -> {
                lists--;
                text.line();
            }
            case "h1", "h2", "h3", "h4", "h5", "h6", "p", "table" -> text.paragraph();
            case "td", "th" -> {
                // The next one goes on in the same line.
            }
            default -> {
                if (element.isBlock()) {
                    text.line();
                }
            }
        }
    }
}
