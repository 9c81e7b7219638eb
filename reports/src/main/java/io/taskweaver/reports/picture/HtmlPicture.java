package io.taskweaver.reports.picture;

import io.taskweaver.model.Plan;
import io.taskweaver.model.TaskId;
import io.taskweaver.scheduling.dispatch.TaskStage;
import io.taskweaver.scheduling.projection.PlanView;
import io.taskweaver.scheduling.projection.TaskView;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Draws a plan as one HTML page that needs nothing besides itself: zoom, search, filters, the critical path, and the
 * details of each task. The page is well-formed XML too. User text is written as text only, never into the script.
 */
public final class HtmlPicture {
    /** From this many edges on, those to a task's own contract show only when the task is looked at. */
    private static final int CROWDED = 90;

    private HtmlPicture() {}

    /** The plan before anything has run. */
    public static String write(Plan plan) {
        return write(plan, Map.of());
    }

    /** @param stages of tasks; one that is not named is where the plan puts it */
    public static String write(Plan plan, Map<TaskId, TaskStage> stages) {
        return write(plan, stages, Map.of());
    }

    /** The plan as it stands, with what became of its tasks. */
    public static String write(Plan plan, PlanView view) {
        var stages = new HashMap<TaskId, TaskStage>();
        var tasks = new HashMap<TaskId, TaskView>();
        for (var task : view.tasks()) {
            stages.put(task.id(), task.stage());
            tasks.put(task.id(), task);
        }
        return write(plan, stages, tasks);
    }

    private static String write(Plan plan, Map<TaskId, TaskStage> stages, Map<TaskId, TaskView> tasks) {
        var picture = Picture.of(plan, stages);
        var layout = Layout.of(picture);
        var page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">\n");
        head(page, plan);
        page.append("<body>\n");
        controls(page, picture);
        page.append(
                "<main>\n<svg id=\"graph\" xmlns=\"http://www.w3.org/2000/svg\" role=\"group\" aria-label=\"Graph of tasks\"");
        page.append(picture.edges().size() > CROWDED ? " class=\"crowded\"" : "");
        data(page, "width", Layout.number(layout.width()));
        data(page, "height", Layout.number(layout.height()));
        data(page, "node-width", "" + Layout.NODE_WIDTH);
        data(page, "node-height", "" + Layout.NODE_HEIGHT);
        page.append(">\n<g id=\"scene\">\n")
                .append(SvgElements.of(picture, layout))
                .append("</g>\n</svg>\n");
        page.append("<aside id=\"side\" aria-label=\"Details\" aria-live=\"polite\">\n");
        page.append(Details.of(picture, tasks)).append("</aside>\n</main>\n<script>//<![CDATA[\n");
        return page.append(Styles.text("page.js"))
                .append("//]]></script>\n</body>\n</html>\n")
                .toString();
    }

    private static void head(StringBuilder page, Plan plan) {
        page.append("""
                <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline';\
                 script-src 'unsafe-inline'"/>
                <title>%1$s</title>
                <style>
                :root { color-scheme: light dark;
                %2$s}
                @media (prefers-color-scheme: dark) { :root {
                %3$s} }
                :root[data-theme="light"] { color-scheme: light;
                %2$s}
                :root[data-theme="dark"] { color-scheme: dark;
                %3$s}
                %4$s%5$s</style>
                </head>
                """.formatted(
                        Escape.xml(plan.title()),
                        Styles.text("light.css"),
                        Styles.text("dark.css"),
                        Styles.text("scene.css"),
                        Styles.text("page.css")));
    }

    private static void controls(StringBuilder page, Picture picture) {
        page.append("""
                <header>
                <h1 title="%1$s">%1$s</h1>
                <input id="search" type="search" placeholder="Search ( / )" aria-label="Search tasks"/>
                """.formatted(Escape.xml(picture.plan().title())));
        var components = new LinkedHashSet<String>();
        for (var node : picture.nodes()) node.task().component().ifPresent(components::add);
        choice(page, "component", "All components", List.copyOf(components));
        choice(
                page,
                "phase",
                "All phases",
                picture.bands().stream().map(Picture.Band::name).toList());
        choice(
                page,
                "state",
                "Any state",
                Arrays.stream(TaskStage.values())
                        .filter(stage -> picture.nodes().stream().anyMatch(node -> node.stage() == stage))
                        .map(TaskStage::word)
                        .toList());
        button(page, "path", "Critical path", "Only the critical path (c)", " aria-pressed=\"false\"");
        page.append("<span id=\"found\" role=\"status\"></span>\n<span class=\"gap\"></span>\n");
        button(page, "out", "−", "Smaller (-)", "");
        button(page, "in", "+", "Larger (+)", "");
        button(page, "fit", "Fit", "The whole plan (0)", "");
        button(page, "theme", "◐", "Light or dark", "");
        page.append("</header>\n");
    }

    private static void choice(StringBuilder page, String id, String all, List<String> values) {
        page.append("<select id=\"%1$s\" aria-label=\"%1$s\"><option value=\"\">%2$s</option>".formatted(id, all));
        for (var value : values) page.append("<option value=\"%1$s\">%1$s</option>".formatted(Escape.xml(value)));
        page.append("</select>\n");
    }

    private static void button(StringBuilder page, String id, String label, String title, String more) {
        page.append("<button type=\"button\" id=\"%s\" title=\"%s\"%s>%s</button>\n".formatted(id, title, more, label));
    }

    static void data(StringBuilder page, String name, String value) {
        page.append(" data-%s=\"%s\"".formatted(name, Escape.xml(value)));
    }
}
