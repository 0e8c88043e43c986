package ai.kubiya.server.docs;

import ai.kubiya.server.contract.ApiDescription;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All pages by where they are served. Each is made when it is first asked for: a start waits for none. */
final class DocPages {
    private final Map<String, String> files = DocFiles.read();
    private final DocLinks links = new DocLinks(files.keySet());
    private final DocRenderer renderer = new DocRenderer(links);
    private final Map<String, Supplier<DocRenderer.Rendered>> sources = new LinkedHashMap<>();
    private final Map<String, String> made = new ConcurrentHashMap<>();
    private final DocLayout layout;
    private final ApiReference reference;
    private @Nullable DocSearch search;

    DocPages(ApiDescription description) {
        layout = new DocLayout(DocIndex.of(files.getOrDefault(DocFiles.INDEX, ""), links));
        reference = new ApiReference(description, renderer);
        files.forEach((file, markdown) -> sources.put(DocLinks.urlOf(file), () -> renderer.render(file, markdown)));
        if (!files.isEmpty()) {
            sources.put(DocLinks.API, reference::overview);
        }
    }

    /** Where pages are, those of the reference's tags apart. */
    List<String> urls() {
        return List.copyOf(sources.keySet());
    }

    String html(String url) {
        return made.computeIfAbsent(url, _ -> {
            DocRenderer.Rendered page =
                    sources.getOrDefault(url, DocPages::nothing).get();
            return layout.page(url, page.title(), page.html(), page.sections(), "");
        });
    }

    private static DocRenderer.Rendered nothing() {
        return new DocRenderer.Rendered("Nothing", "<h1>Nothing</h1>", List.of());
    }

    /** Null when there is no such tag. */
    @Nullable
    String referenceHtml(String name) {
        for (String tag : reference.tags().keySet()) {
            String url = ApiReference.urlOf(tag);
            if (url.equals(DocLinks.API + "/" + name)) {
                return made.computeIfAbsent(url, _ -> {
                    DocRenderer.Rendered page = reference.page(tag);
                    return layout.page(url, "API: " + tag, page.html(), page.sections(), "");
                });
            }
        }
        return null;
    }

    String searchHtml(String question) {
        return layout.page(DocLinks.ROOT + "/search", "Search", search().resultsHtml(question), List.of(), question);
    }

    private synchronized DocSearch search() {
        DocSearch found = search;
        if (found == null) {
            List<DocSearch.Passage> passages = new ArrayList<>(reference.passages());
            files.forEach((file, markdown) -> passages.addAll(passages(file, markdown)));
            found = new DocSearch(passages);
            search = found;
        }
        return found;
    }

    /** A page cut at its headings. */
    private List<DocSearch.Passage> passages(String file, String markdown) {
        String url = DocLinks.urlOf(file);
        DocRenderer.Rendered page = renderer.render(file, markdown);
        List<DocSearch.Passage> passages = new ArrayList<>();
        List<String> parts = cut(markdown);
        for (int i = 0; i < page.sections().size() && i < parts.size(); i++) {
            DocRenderer.Section section = page.sections().get(i);
            String where = i == 0 ? url : url + "#" + section.id();
            passages.add(new DocSearch.Passage(where, page.title(), section.title(), renderer.plain(parts.get(i))));
        }
        return passages;
    }

    private static List<String> cut(String markdown) {
        List<String> parts = new ArrayList<>();
        boolean code = false;
        StringBuilder part = new StringBuilder();
        boolean begun = false;
        for (String line : markdown.lines().toList()) {
            code ^= line.startsWith("```");
            if (!code && line.matches("#{1,6} .*")) {
                if (begun) {
                    parts.add(part.toString());
                }
                begun = true;
                part.setLength(0);
            } else {
                part.append(line).append('\n');
            }
        }
        parts.add(part.toString());
        return parts;
    }
}
