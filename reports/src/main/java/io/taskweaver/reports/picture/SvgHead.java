package io.taskweaver.reports.picture;

import io.taskweaver.model.Plan;

/** The beginning of a picture that is a file of its own: size, styles, title and figures. */
final class SvgHead {
    private SvgHead() {}

    static String of(Plan plan, double width, double height, String figures) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <svg xmlns="http://www.w3.org/2000/svg" role="img" width="%1$s" height="%2$s" viewBox="0 0 %1$s %2$s">
                <title>%3$s</title>
                <style>
                %4$s</style>
                <rect class="ground" width="100%%" height="100%%"/>
                <text class="heading" x="24" y="36">%5$s</text>
                <text class="remark" x="24" y="58">%6$s</text>
                """.formatted(
                        Layout.number(width),
                        Layout.number(height),
                        Escape.xml(plan.title()),
                        Styles.fixed(),
                        Escape.xml(Wrapping.cut(plan.title(), (width - 48) / 20)),
                        figures);
    }
}
