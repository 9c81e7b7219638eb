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
        var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        text.append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"")
                .append(Layout.number(width));
        text.append("\" height=\"").append(Layout.number(height)).append("\" viewBox=\"0 0 ");
        text.append(Layout.number(width))
                .append(' ')
                .append(Layout.number(height))
                .append("\">\n<title>");
        text.append(Escape.xml(plan.title())).append("</title>\n<style>\n").append(Styles.fixed());
        text.append("</style>\n<rect class=\"ground\" width=\"100%\" height=\"100%\"/>\n");
        text.append("<text class=\"heading\" x=\"24\" y=\"36\">");
        text.append(Escape.xml(Wrapping.cut(plan.title(), (width - 48) / 20))).append("</text>\n");
        text.append("<text class=\"remark\" x=\"24\" y=\"58\">")
                .append(Figures.line(plan))
                .append("</text>\n");
        text.append("<g transform=\"translate(0,").append(ABOVE - 20).append(")\">\n");
        text.append(SvgElements.of(picture, layout)).append("</g>\n");
        legend(text, picture, height - 18);
        return text.append("</svg>\n").toString();
    }

    private static void legend(StringBuilder text, Picture picture, double y) {
        text.append("<g transform=\"translate(24,").append(Layout.number(y)).append(")\">\n");
        stroke(text, 0, "edge result", "needs the result");
        stroke(text, 150, "edge contract", "uses the contract");
        stroke(text, 304, "edge own", "implements the contract");
        stroke(text, 490, "edge critical", "critical path");
        text.append("<text class=\"remark\" x=\"614\" y=\"4\">")
                .append(Figures.implied(picture))
                .append("</text>\n</g>\n");
    }

    private static void stroke(StringBuilder text, int x, String style, String meaning) {
        text.append("<path class=\"").append(style).append("\" d=\"M").append(x).append(",0h28\"/>");
        text.append("<text class=\"remark\" x=\"")
                .append(x + 36)
                .append("\" y=\"4\">")
                .append(meaning)
                .append("</text>\n");
    }
}
