package ai.kubiya.server.project.template;

import ai.kubiya.server.project.code.CodeLocation;
import ai.kubiya.server.project.code.ModuleCode;

/**
 * Code that a project can be made of.
 *
 * @param id says where the code is
 * @param module what was read of it
 */
public record Template(String id, CodeLocation code, ModuleCode module) {

    static Template of(CodeLocation code, ModuleCode module) {
        return new Template(TemplateId.of(code), code, module);
    }

    /** What people call it: its folder, or its repository when it is all of it. */
    public String name() {
        String place = code.path().isEmpty() ? code.url().replaceFirst("(/|\\.git)+$", "") : code.path();
        return place.substring(place.lastIndexOf('/') + 1);
    }

    /** What its README begins with, without headings. */
    public String description() {
        return module.readme()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.startsWith("<"))
                .findFirst()
                .orElse("");
    }
}
