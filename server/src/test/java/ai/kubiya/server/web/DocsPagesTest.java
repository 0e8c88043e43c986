package ai.kubiya.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The documentation in a real browser, on a desk and on a phone, light and dark. */
@ServerTest
class DocsPagesTest {
    private static final List<String> PAGES = List.of(
            "/docs",
            "/docs/quick-start",
            "/docs/operations",
            "/docs/refusals",
            "/docs/sdk/javascript",
            "/docs/api",
            "/docs/api/tools",
            "/docs/search?q=secret");

    private static void picture(Page page, String name) {
        String folder = System.getProperty("docs.pictures", "");
        if (!folder.isEmpty()) {
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of(folder, name + ".png")));
        }
    }

    private static boolean isTooWide(Page page) {
        return (boolean) page.evaluate("document.documentElement.scrollWidth > window.innerWidth");
    }

    @Test
    void canBeReadByEverybody(TestServer server) {
        try (Browser browser = new Browser()) {
            for (String path : PAGES) {
                String name = path.replaceAll("[^a-z]+", "-");
                Page desk = browser.open(server.url() + path);
                picture(desk, "desk" + name);
                assertThat(Browser.barriers(desk)).as(path).isEmpty();
                desk.context().close();

                Page phone = browser.open(server.url() + path, 390, 800, ColorScheme.DARK);
                picture(phone, "phone" + name);
                assertThat(Browser.barriers(phone)).as(path + " on a phone").isEmpty();
                assertThat(isTooWide(phone))
                        .as(path + " is too wide for a phone")
                        .isFalse();
                phone.context().close();
            }
        }
    }

    @Test
    void leadsFromPageToPageAndFindsThings(TestServer server) {
        try (Browser browser = new Browser()) {
            Page page = browser.open(server.url() + "/docs");
            page.locator(".docnav >> text=Quick start").click();
            assertThat(page.title()).startsWith("Quick start");

            page.locator("input[type=search]").fill("idempotency");
            page.keyboard().press("Enter");
            page.waitForURL("**/docs/search?q=idempotency");
            page.locator(".hits a").first().click();
            assertThat(page.url()).contains("/docs/").doesNotContain("/search");
        }
    }

    @Test
    void keepsTheThemeOfTheWebApp(TestServer server) {
        try (Browser browser = new Browser()) {
            Page page = browser.open(server.url() + "/docs");
            page.evaluate("localStorage.setItem('theme', 'dark')");
            page.reload();

            assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
                    .isEqualTo("rgb(18, 19, 26)");
        }
    }
}
