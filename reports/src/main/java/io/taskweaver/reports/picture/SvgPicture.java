package io.taskweaver.reports.picture;

import io.taskweaver.model.Plan;
import io.taskweaver.model.TaskId;
import io.taskweaver.scheduling.dispatch.TaskStage;
import java.util.Map;

/** Draws a plan as SVG: a file of its own, light or dark as the viewer prefers. */
public final class SvgPicture {
    private static final int ABOVE = 74;
    private static final int BELOW = 34;

    private SvgPicture() {}

    /** The plan before anything has run. */
    public static String write(Plan plan) {
        return write(plan, Map.of());
    }

    /** @param stages of tasks; one that is not named is where the plan puts it */
    public static String write(Plan plan, Map<TaskId, TaskStage> stages) {
        var picture = Picture.of(plan, stages);
        var layout = Layout.of(picture);
        double width = Math.max(layout.width(), 720);
        double height = layout.height() + ABOVE + BELOW;
        var text = new StringBuilder(SvgHead.of(plan, width, height, Figures.line(plan)));
        text.append(
                "<g transform=\"translate(0,%s)\">\n%s</g>\n".formatted(ABOVE - 20, SvgElements.of(picture, layout)));
        legend(text, picture, height - 18);
        return text.append("</svg>\n").toString();
    }

    private static void legend(StringBuilder text, Picture picture, double y) {
        text.append("<g transform=\"translate(24,").append(Layout.number(y)).append(")\">\n");
        stroke(text, 0, "edge result", "needs the result");
        stroke(text, 150, "edge contract", "uses the contract");
        stroke(text, 304, "edge own", "implements the contract");
        stroke(text, 490, "edge critical", "critical path");
        text.append("<text class=\"remark\" x=\"614\" y=\"4\">%s</text>\n</g>\n".formatted(Figures.implied(picture)));
    }

    private static void stroke(StringBuilder text, int x, String style, String meaning) {
        text.append("<path class=\"%s\" d=\"M%s,0h28\"/><text class=\"remark\" x=\"%s\" y=\"4\">%s</text>\n"
                .formatted(style, x, x + 36, meaning));
    }
}
