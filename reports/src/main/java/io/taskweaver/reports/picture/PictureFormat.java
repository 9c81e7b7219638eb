package io.taskweaver.reports.picture;

import io.taskweaver.model.Plan;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** What a plan can be drawn as. */
public enum PictureFormat {
    MERMAID("mmd", MermaidPicture::write),
    DOT("dot", DotPicture::write),
    SVG("svg", SvgPicture::write),
    HTML("html", HtmlPicture::write);

    private final String suffix;
    private final Function<Plan, String> writer;

    PictureFormat(String suffix, Function<Plan, String> writer) {
        this.suffix = suffix;
        this.writer = writer;
    }

    /** The format of this name, in whatever case. */
    public static Optional<PictureFormat> of(String name) {
        return Arrays.stream(values())
                .filter(format -> format.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** The format that the name or path of a file speaks of. */
    public static Optional<PictureFormat> ofFile(String file) {
        var name = file.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> name.endsWith("." + format.suffix)
                        || name.endsWith("." + format.name().toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** A picture of a plan. */
    public String draw(Plan plan) {
        return writer.apply(plan);
    }
}
