package ai.kubiya.server.docs;

import java.util.List;

/** What is around every page: the way to all others, and a search. No page needs a script. */
final class DocLayout {
    private final DocIndex index;

    DocLayout(DocIndex index) {
        this.index = index;
    }

    /**
     * A whole page.
     *
     * @param url where it is
     * @param sections its headings; those of the second level are listed beside it
     */
    String page(String url, String title, String html, List<DocRenderer.Section> sections, String query) {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>%s – Kubiya docs</title>
                <link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
                <link rel="stylesheet" href="/assets/style.css">
                <link rel="stylesheet" href="/assets/docs.css">
                <script src="/assets/theme.js"></script>
                </head>
                <body class="docs">
                <a class="skip" href="#main">Skip to the content</a>
                <header class="docbar">
                <a class="brand" href="/docs"><img src="/assets/icon.svg" alt=""> Kubiya docs</a>
                <form role="search" action="/docs/search"><input type="search" name="q" value="%s" placeholder="Search" aria-label="Search the documentation" maxlength="200"></form>
                <a class="pages" href="#pages">Pages</a>
                <a href="/">Web app</a>
                <a href="/playground">Playground</a>
                </header>
                <div class="docgrid">
                <main id="main" tabindex="-1"><article class="prose">
                %s
                </article></main>
                %s
                <nav class="docnav" id="pages" aria-label="Documentation">
                %s</nav>
                </div>
                </body>
                </html>
                """.formatted(Html.escape(title), Html.escape(query), html, contents(sections), navigation(url));
    }

    private static String contents(List<DocRenderer.Section> sections) {
        List<DocRenderer.Section> second =
                sections.stream().filter(section -> section.level() == 2).toList();
        if (second.size() < 3) {
            return "<div class=\"toc\"></div>";
        }
        StringBuilder html = new StringBuilder("<nav class=\"toc\" aria-label=\"On this page\"><ul>");
        second.forEach(section -> html.append(
                "<li><a href=\"#%s\">%s</a></li>".formatted(Html.escape(section.id()), Html.escape(section.title()))));
        return html.append("</ul></nav>").toString();
    }

    private String navigation(String url) {
        StringBuilder html = new StringBuilder();
        for (DocIndex.Group group : index.groups()) {
            html.append("<h2>").append(Html.escape(group.title())).append("</h2>\n<ul>\n");
            for (DocIndex.Entry entry : group.entries()) {
                boolean here = entry.url().equals(url)
                        || (entry.url().equals(DocLinks.API) && url.startsWith(DocLinks.API + "/"));
                html.append("<li><a href=\"%s\"%s>%s</a></li>\n"
                        .formatted(
                                Html.escape(entry.url()),
                                here ? " aria-current=\"page\"" : "",
                                Html.escape(entry.title())));
            }
            html.append("</ul>\n");
        }
        return html.toString();
    }
}
