package io.taskweaver.code;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which folders can hold code and repositories. Git keeps the paths of other repositories one a line, and a name that is not
 * text in the encoding of the system is another one by the time that it reaches Git.
 */
public final class FolderNames {
    private static final char REPLACEMENT = '\uFFFD';

    private FolderNames() {}

    /** Why a folder, which need not exist, cannot be used, for its own name, or of one that it is in; empty if it can. */
    public static Optional<Refusal> refusal(Path folder) {
        var named = folder.toAbsolutePath().normalize();
        return refused(named).or(() -> refused(real(named)));
    }

    /** Where links lead. */
    private static Path real(Path folder) {
        for (Path above = folder; above != null; above = above.getParent())
            try {
                return above.toRealPath().resolve(above.relativize(folder)).normalize();
            } catch (IOException e) {
                continue; // It is not there yet, or cannot be read, which whoever uses it says.
            }
        return folder;
    }

    private static Optional<Refusal> refused(Path folder) {
        for (var each = folder; each != null && each.getFileName() != null; each = each.getParent()) {
            var name = each.getFileName().toString();
            if (name.indexOf('\n') >= 0 || name.indexOf('\r') >= 0)
                return Optional.of(
                        refusal(folder, name, "has a line break in its name, and Git reads paths line by line"));
            if (name.indexOf(REPLACEMENT) >= 0 && !isText(each))
                return Optional.of(
                        refusal(folder, name, "has a name that is not text in the encoding of this system, UTF-8"));
        }
        return Optional.empty();
    }

    /** Whether its text leads back to it. */
    private static boolean isText(Path folder) {
        return Path.of(folder.toString()).equals(folder) && Files.exists(folder);
    }

    private static Refusal refusal(Path folder, String name, String why) {
        var shown = shown(folder.toString());
        var part = shown(name);
        return new Refusal(
                "The folder " + shown + " cannot be used: "
                        + (shown.endsWith("/" + part) ? "it " : "'" + part + "', which it is in, ") + why + ".",
                "Rename the folder '" + part + "', or use another one.");
    }

    private static String shown(String text) {
        return text.replace("\n", "\\n").replace("\r", "\\r");
    }
}
