package io.taskweaver.requirements.document;

import java.util.Map;
import java.util.regex.Pattern;

/** Names of emoji between colons, as GitHub, GitLab and Slack write them: those that say how far something has come. */
final class Shortcodes {
    private static final Pattern SHORTCODE =
            Pattern.compile("(?<![\\p{L}\\p{N}`:]):([a-z][a-z_]{0,30}):(?![\\p{L}\\p{N}`:])");
    private static final Map<String, String> EMOJI = Map.ofEntries(
            Map.entry("white_check_mark", "✅"),
            Map.entry("heavy_check_mark", "✔"),
            Map.entry("ballot_box_with_check", "☑"),
            Map.entry("check", "✔"),
            Map.entry("tick", "✔"),
            Map.entry("green_circle", "🟢"),
            Map.entry("checkered_flag", "🏁"),
            Map.entry("x", "❌"),
            Map.entry("cross_mark", "❌"),
            Map.entry("heavy_multiplication_x", "✖"),
            Map.entry("negative_squared_cross_mark", "✖"),
            Map.entry("no_entry", "⛔"),
            Map.entry("no_entry_sign", "🚫"),
            Map.entry("construction", "🚧"),
            Map.entry("hourglass", "⏳"),
            Map.entry("hourglass_flowing_sand", "⏳"),
            Map.entry("arrows_counterclockwise", "🔄"),
            Map.entry("hammer", "🔨"),
            Map.entry("yellow_circle", "🟡"),
            Map.entry("clipboard", "📋"),
            Map.entry("white_large_square", "⬜"),
            Map.entry("red_circle", "🔴"),
            Map.entry("memo", "📝"),
            Map.entry("new", "🆕"));

    private Shortcodes() {}

    /** A line with emoji for their names. */
    static String replaced(String line) {
        if (line.indexOf(':') == line.lastIndexOf(':')) return line;
        return SHORTCODE.matcher(line).replaceAll(match -> EMOJI.getOrDefault(match.group(1), match.group()));
    }
}
