package ai.kubiya.server;

import ai.kubiya.protocol.ToolRun;
import ai.kubiya.runner.ContentRenderer;
import ai.kubiya.runner.template.TemplateRenderer;

/** Fills arguments into tool scripts with the template engine. */
final class TemplateContent implements ContentRenderer {
    @Override
    public String render(ToolRun run) throws BadTemplate {
        try {
            return TemplateRenderer.render(run).text();
        } catch (ai.kubiya.runner.template.BadTemplate e) {
            throw new BadTemplate(String.valueOf(e.getMessage()));
        }
    }
}
